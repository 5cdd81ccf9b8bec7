using Pix2Pix.Imaging;

namespace Pix2Pix.Reporting;

/// <summary>Arranges images on one sheet for viewing.</summary>
internal static class ImageSheet
{
    private const int Gap = 4;
    private const int Margin = 16;

    /// <summary>Draws groups of images on white. The images of a group are side by side; the groups are arranged in columns.</summary>
    /// <param name="groups">
    /// At least one group. All groups have the same number of images, and all images have the same size and one, three or four channels.
    /// </param>
    /// <param name="columns">The number of columns of groups, at least 1. Columns are filled row by row.</param>
    /// <returns>The sheet in RGB. Transparent pixels show the white background.</returns>
    /// <exception cref="ArgumentException">There are no images, or their numbers, sizes or channels do not match.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of columns is below 1.</exception>
    public static PixelImage Draw(IReadOnlyList<IReadOnlyList<PixelImage>> groups, int columns = 1)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Check(groups);

        columns = Math.Min(columns, groups.Count);
        var (first, images) = (groups[0][0], groups[0].Count);
        var rows = (groups.Count + columns - 1) / columns;
        var groupWidth = (images * (first.Width + Gap)) - Gap;
        var sheet = new PixelImage(
            Margin + (columns * (groupWidth + Margin)), Margin + (rows * (first.Height + Gap)) - Gap + Margin);
        Array.Fill(sheet.Pixels, byte.MaxValue);

        for (var group = 0; group < groups.Count; group++)
        {
            var (x, y) = (Margin + (group % columns * (groupWidth + Margin)), Margin + (group / columns * (first.Height + Gap)));
            for (var image = 0; image < images; image++)
                Paste(groups[group][image], sheet, x + (image * (first.Width + Gap)), y);
        }

        return sheet;
    }

    private static void Paste(PixelImage image, PixelImage sheet, int left, int top)
    {
        var from = 0;
        for (var y = 0; y < image.Height; y++)
        {
            var to = (((top + y) * sheet.Width) + left) * PixelImage.Rgb;
            for (var x = 0; x < image.Width; x++, from += image.Channels, to += PixelImage.Rgb)
            {
                var pixel = image.Pixels.AsSpan(from, image.Channels);
                var alpha = pixel.Length == 4 ? pixel[3] : byte.MaxValue;
                for (var channel = 0; channel < PixelImage.Rgb; channel++)
                    sheet.Pixels[to + channel] = OverWhite(pixel[pixel.Length == 1 ? 0 : channel], alpha);
            }
        }
    }

    private static byte OverWhite(int level, int alpha) => (byte)(255 - (((255 - level) * alpha) + 127) / 255);

    private static void Check(IReadOnlyList<IReadOnlyList<PixelImage>> groups)
    {
        if (groups.Count == 0 || groups[0].Count == 0)
            throw new ArgumentException("There are no images to draw; expected at least one group of at least one image.", nameof(groups));
        var first = groups[0][0];
        if (groups.FirstOrDefault(group => group.Count != groups[0].Count) is { } other)
        {
            throw new ArgumentException(
                $"A group has {Pluralize.Of(other.Count, "image")}, but the first group has {groups[0].Count}; expected equal numbers.",
                nameof(groups));
        }

        var misfit = groups.SelectMany(group => group)
            .FirstOrDefault(image => (image.Width, image.Height) != (first.Width, first.Height) || image.Channels == 2);
        if (misfit is not null)
        {
            throw new ArgumentException(
                $"An image is {misfit.Width}x{misfit.Height} with {Pluralize.Of(misfit.Channels, "channel")}; expected " +
                $"{first.Width}x{first.Height}, like the first image, with 1, 3 or 4 channels.",
                nameof(groups));
        }
    }
}

/// <summary>Creates small images to embed in a page.</summary>
internal static class Thumbnail
{
    /// <summary>Returns the image with sides of at most the given number of pixels. Smaller images are returned unchanged.</summary>
    public static PixelImage Of(PixelImage image, int mostPixels)
    {
        var shrink = Math.Max(1, Math.Max(image.Width, image.Height) / (double)mostPixels);
        return shrink == 1
            ? image
            : ImageResizer.Resize(image, Math.Max(1, (int)(image.Width / shrink)), Math.Max(1, (int)(image.Height / shrink)));
    }

    /// <summary>Returns a PNG file in base64.</summary>
    public static string Base64(PixelImage image)
    {
        using var png = new MemoryStream();
        PngFile.Write(image, png);
        return Convert.ToBase64String(png.GetBuffer(), 0, (int)png.Length);
    }
}
