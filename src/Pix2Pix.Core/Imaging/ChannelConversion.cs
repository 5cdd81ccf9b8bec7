using System.ComponentModel;

namespace Pix2Pix.Imaging;

/// <summary>
/// From images of one (gray), three (RGB) or four (RGBA) channels to the channels that a network sees, and back. The same bytes on every
/// platform; pure and thread-safe.
/// </summary>
/// <remarks>
/// Gray is the luma of ITU-R BT.601 in integers, as Pillow's mode "L": (19595 R + 38470 G + 7471 B + 32768) / 65536, rounded down.
/// Lightness and chroma are CIE L*a*b* (CIE 15:2004) of sRGB (IEC 61966-2-1, D65) in OpenCV's convention for bytes: L * 255 / 100,
/// a + 128, b + 128, rounded. Alpha is 255 where an image has none; it changes no colour: whether colours are multiplied by alpha
/// (those that ML.NET decodes are) stays as it was.
/// </remarks>
public static class ChannelConversion
{
    private const byte MiddleGray = 127;

    /// <summary>The channels that a network sees of an image.</summary>
    /// <param name="image">Gray, RGB or RGBA.</param>
    /// <param name="channels">The channels wanted.</param>
    /// <returns>An image of these channels; the given one itself where it has them already.</returns>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    /// <exception cref="InvalidEnumArgumentException">The channels are not one of the named ones.</exception>
    public static PixelImage ToChannels(PixelImage image, ImageChannels channels)
    {
        CheckImage(image, nameof(image));
        return channels switch
        {
            ImageChannels.Rgb => image.Channels == 3 ? image : Each(image, 3, RgbaPixels),
            ImageChannels.Rgba => image.Channels == 4 ? image : Each(image, 4, RgbaPixels),
            ImageChannels.Gray => image.Channels == 1 ? image : Each(image, 1, (from, to) => to[0] = Luma(from)),
            ImageChannels.Lightness => Each(image, 1, (from, to) => to[0] = LabBytes.Lightness(Lightness(from))),
            ImageChannels.Chroma => Each(image, 2, (from, to) => (to[0], to[1]) = LabBytes.Chroma(Lab(from))),
            _ => throw new InvalidEnumArgumentException(nameof(channels), (int)channels, typeof(ImageChannels)),
        };
    }

    /// <summary>The image that a network's channels stand for.</summary>
    /// <param name="values">What a network gives.</param>
    /// <param name="channels">The channels that it gives.</param>
    /// <param name="source">
    /// Of the same size, gray, RGB or RGBA: gives chroma its lightness, in full precision. The other channels do without it.
    /// </param>
    /// <returns>
    /// Gray for <see cref="ImageChannels.Gray"/> and <see cref="ImageChannels.Lightness"/>, else RGB or RGBA; the values themselves where
    /// they are that image. Colours that sRGB cannot show are clipped channel by channel.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The values have not these channels; or for chroma the source has two channels or another size.
    /// </exception>
    /// <exception cref="InvalidEnumArgumentException">The channels are not one of the named ones.</exception>
    public static PixelImage ToImage(PixelImage values, ImageChannels channels, PixelImage source)
    {
        CheckChannels(values, channels.Count(), $"{channels}", nameof(values));
        ArgumentNullException.ThrowIfNull(source);
        if (channels == ImageChannels.Lightness)
            return Each(values, 1, (from, to) => to[0] = LabBytes.Grays[from[0]]);
        if (channels != ImageChannels.Chroma)
            return values;
        CheckImage(source, nameof(source));
        CheckSize(source, values);
        return Both(source, values, (pixel, chroma) => LabBytes.Color(0, chroma[0], chroma[1]) with { L = Lightness(pixel) });
    }

    /// <summary>As the other one, where there is no source: chroma has the lightness of a middle gray.</summary>
    /// <param name="values">What a network gives.</param>
    /// <param name="channels">The channels that it gives.</param>
    /// <exception cref="ArgumentException">The values have not these channels.</exception>
    /// <exception cref="InvalidEnumArgumentException">The channels are not one of the named ones.</exception>
    public static PixelImage ToImage(PixelImage values, ImageChannels channels)
    {
        ArgumentNullException.ThrowIfNull(values);
        var gray = new PixelImage(values.Width, values.Height, channels: 1);
        Array.Fill(gray.Pixels, MiddleGray);
        return ToImage(values, channels, gray);
    }

    /// <summary>The colours of lightness and chroma, as RGB. What sRGB cannot show is clipped channel by channel.</summary>
    /// <param name="lightness">One channel, <see cref="ImageChannels.Lightness"/>.</param>
    /// <param name="chroma">Two channels, <see cref="ImageChannels.Chroma"/>, of the same size.</param>
    /// <exception cref="ArgumentException">The images have other channels, or two sizes.</exception>
    public static PixelImage FromLab(PixelImage lightness, PixelImage chroma)
    {
        CheckChannels(lightness, 1, nameof(ImageChannels.Lightness), nameof(lightness));
        CheckChannels(chroma, 2, nameof(ImageChannels.Chroma), nameof(chroma));
        CheckSize(lightness, chroma);
        return Both(lightness, chroma, (level, ab) => LabBytes.Color(level[0], ab[0], ab[1]));
    }

    private delegate void PixelAction(ReadOnlySpan<byte> from, Span<byte> to);

    private delegate LabColor ColorOf(ReadOnlySpan<byte> pixel, ReadOnlySpan<byte> chroma);

    private static PixelImage Each(PixelImage image, int channels, PixelAction convert)
    {
        var result = new PixelImage(image.Width, image.Height, channels);
        ReadOnlySpan<byte> from = image.Pixels;
        for (Span<byte> to = result.Pixels; !to.IsEmpty; to = to[channels..], from = from[image.Channels..])
            convert(from[..image.Channels], to[..channels]);
        return result;
    }

    private static PixelImage Both(PixelImage image, PixelImage chroma, ColorOf colorOf)
    {
        var result = new PixelImage(image.Width, image.Height);
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            var color = colorOf(image.Pixels.AsSpan(i * image.Channels, image.Channels), chroma.Pixels.AsSpan(i * 2, 2));
            (result.Pixels[3 * i], result.Pixels[3 * i + 1], result.Pixels[3 * i + 2]) = color.ToRgb();
        }

        return result;
    }

    private static void RgbaPixels(ReadOnlySpan<byte> from, Span<byte> to)
    {
        (to[0], to[1], to[2]) = Rgb(from);
        if (to.Length == 4)
            to[3] = 255;
    }

    private static byte Luma(ReadOnlySpan<byte> pixel) => (byte)((19595 * pixel[0] + 38470 * pixel[1] + 7471 * pixel[2] + 0x8000) >> 16);

    private static LabColor Lab(ReadOnlySpan<byte> pixel)
    {
        var (red, green, blue) = Rgb(pixel);
        return LabColor.FromRgb(red, green, blue);
    }

    private static double Lightness(ReadOnlySpan<byte> pixel)
    {
        var (red, green, blue) = Rgb(pixel);
        return LabColor.Lightness(red, green, blue);
    }

    private static (byte Red, byte Green, byte Blue) Rgb(ReadOnlySpan<byte> pixel)
        => pixel.Length == 1 ? (pixel[0], pixel[0], pixel[0]) : (pixel[0], pixel[1], pixel[2]);

    private static void CheckImage(PixelImage image, string name)
    {
        ArgumentNullException.ThrowIfNull(image, name);
        if (image.Channels == 2)
            throw new ArgumentException("The image has 2 channels; expected 1 (gray), 3 (RGB) or 4 (RGBA).", name);
    }

    private static void CheckChannels(PixelImage values, int expected, string what, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.Channels != expected)
            throw new ArgumentException($"The image has {values.Channels} channels; expected {expected} ({what}).", name);
    }

    private static void CheckSize(PixelImage image, PixelImage chroma)
    {
        if ((image.Width, image.Height) != (chroma.Width, chroma.Height))
        {
            throw new ArgumentException(
                $"The chroma is {chroma.Width}x{chroma.Height} and its lightness {image.Width}x{image.Height}; expected one size. Resize the " +
                "chroma.");
        }
    }
}
