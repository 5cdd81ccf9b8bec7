using System.ComponentModel;

namespace Pix2Pix.Imaging;

/// <summary>
/// Converts images of one (gray), three (RGB) or four (RGBA) channels to the channels of a network, and back. The result is the same bytes
/// on every platform. Pure and thread-safe.
/// </summary>
/// <remarks>
/// Gray is the luma of ITU-R BT.601 in integers, as in Pillow's mode "L": (19595 R + 38470 G + 7471 B + 32768) / 65536, rounded down.
/// Lightness and chroma are CIE L*a*b* (CIE 15:2004) of sRGB (IEC 61966-2-1, D65) in OpenCV's convention for bytes: L * 255 / 100, a + 128,
/// b + 128, rounded. Alpha is 255 if an image has none. It does not change colors: premultiplied colors, such as those that ML.NET decodes,
/// stay premultiplied, and other colors stay unmultiplied.
/// </remarks>
internal static class ChannelConversion
{
    private const byte MiddleGray = 127;

    /// <summary>Converts an image to the channels of a network's input.</summary>
    /// <param name="image">Gray, RGB or RGBA.</param>
    /// <param name="channels">The channels to convert to.</param>
    /// <returns>An image with these channels; the given image itself if it already has them.</returns>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    /// <exception cref="InvalidEnumArgumentException">The channels are not a defined value.</exception>
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

    /// <summary>Converts a network's channels to an image.</summary>
    /// <param name="values">The output of a network.</param>
    /// <param name="channels">The channels of the output.</param>
    /// <param name="source">
    /// A gray, RGB or RGBA image of the same size. It provides the lightness for chroma, in full precision. The other channels do not use
    /// it.
    /// </param>
    /// <returns>
    /// A gray image for <see cref="ImageChannels.Gray"/> and <see cref="ImageChannels.Lightness"/>, otherwise RGB or RGBA; the values
    /// themselves if they already are that image. Colors outside the sRGB gamut are clipped per channel.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The values have other channels, or, for chroma, the source has two channels or another size.
    /// </exception>
    /// <exception cref="InvalidEnumArgumentException">The channels are not a defined value.</exception>
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

    /// <summary>Converts a network's channels to an image without a source: chroma gets the lightness of a middle gray.</summary>
    /// <param name="values">The output of a network.</param>
    /// <param name="channels">The channels of the output.</param>
    /// <exception cref="ArgumentException">The values have other channels.</exception>
    /// <exception cref="InvalidEnumArgumentException">The channels are not a defined value.</exception>
    public static PixelImage ToImage(PixelImage values, ImageChannels channels)
    {
        ArgumentNullException.ThrowIfNull(values);
        var gray = new PixelImage(values.Width, values.Height, channels: 1);
        Array.Fill(gray.Pixels, MiddleGray);
        return ToImage(values, channels, gray);
    }

    /// <summary>Combines lightness and chroma into an RGB image. Colors outside the sRGB gamut are clipped per channel.</summary>
    /// <param name="lightness">An image with one channel, <see cref="ImageChannels.Lightness"/>.</param>
    /// <param name="chroma">An image with two channels, <see cref="ImageChannels.Chroma"/>, of the same size.</param>
    /// <exception cref="ArgumentException">The images have other channels or different sizes.</exception>
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
            throw new ArgumentException($"The image has {Pluralize.Of(values.Channels, "channel")}; expected {expected} ({what}).", name);
    }

    private static void CheckSize(PixelImage image, PixelImage chroma)
    {
        if ((image.Width, image.Height) != (chroma.Width, chroma.Height))
        {
            throw new ArgumentException(
                $"The chroma is {chroma.Width}x{chroma.Height} and the lightness is {image.Width}x{image.Height}; expected equal sizes. " +
                "Resize the chroma.");
        }
    }
}

/// <summary>Converts the inputs and outputs of a network to displayable images: gray, RGB or RGBA.</summary>
internal static class NetworkPicture
{
    /// <summary>Converts an input to a displayable image.</summary>
    public static PixelImage OfInput(GeneratorOptions generator, PixelImage input) => ChannelConversion.ToImage(input, generator.Input);

    /// <summary>Converts an output or a target to a displayable image. Chroma is combined with the lightness of the input.</summary>
    public static PixelImage OfOutput(GeneratorOptions generator, PixelImage output, PixelImage input)
        => (generator.Input, generator.Output) == (ImageChannels.Lightness, ImageChannels.Chroma)
            ? ChannelConversion.FromLab(input, output)
            : ChannelConversion.ToImage(output, generator.Output, OfInput(generator, input));
}
