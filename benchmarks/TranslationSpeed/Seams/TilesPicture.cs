using Microsoft.ML.Data;
using Pix2Pix;
using Pix2Pix.Imaging;

namespace TranslationSpeed.Seams;

/// <summary>
/// Below the middle of map, translation in tiles and translation cut apart, pixel by pixel, with bars beside it where two tiles meet. Above
/// the whole of the first two, and over the third the mean steps of the same columns of pixels, in tiles and cut apart.
/// </summary>
internal static class TilesPicture
{
    private const int Width = 288;
    private const int Height = 216;
    private const int Margin = 9;
    private const double MostLevels = 32; // a step as high as its half of a panel
    private const byte Bar = 90;

    public static void Write(string file, MLImage map, MLImage tiles, MLImage apart, int size)
    {
        PixelImage picture = new((3 * Width) + (4 * Margin), (2 * Height) + (3 * Margin));
        Array.Fill(picture.Pixels, (byte)255);
        var (x, y) = ((map.Width - Width) / 2, (map.Height - Height) / 2);
        foreach (var (column, image) in ((MLImage[])[map, tiles, apart]).Index())
        {
            int left = Margin + (column * (Width + Margin));
            int top = (2 * Margin) + Height;
            PixelImage whole = Pixels.ToRgb(image, 0, 0, image.Width, image.Height);
            if (image != apart)
                Paste(ImageResizer.Resize(whole, Width, Height), picture, left, Margin);
            Paste(whole.Crop(x, y, Width, Height), picture, left, top);
            Func<int, TileBorders> borders = image == apart
                ? side => TileBorders.Touching(side, size)
                : side => TileBorders.Overlapping(side, size, SizingOptions.Default.TileOverlap);
            foreach (var (from, to) in Bars(borders(image.Width), x, Width))
                Fill(picture, left + from, top - 6, to - from, 4);
            foreach (var (from, to) in Bars(borders(image.Height), y, Height))
                Fill(picture, left - 6, top + from, 4, to - from);
        }

        foreach (var (half, image) in ((MLImage[])[tiles, apart]).Index())
        {
            int foot = Margin + ((half + 1) * Height / 2) - 1;
            foreach (var (column, step) in new Steps(image).Columns.Skip(x).Take(Width).Index())
            {
                int high = (int)Math.Round(Math.Min(step / MostLevels, 1) * ((Height / 2) - 6));
                Fill(picture, (3 * Margin) + (2 * Width) + column, foot - high, 1, high + 1);
            }
        }

        using FileStream png = File.Create(file);
        PngFile.Write(picture, png);
    }

    // At least two pixels, so that tiles that only touch have one, too.
    private static IEnumerable<(int From, int To)> Bars(TileBorders borders, int start, int length) => borders.Shared
        .Select(shared => (From: Math.Clamp(shared.From - start - (shared.From == shared.To ? 1 : 0), 0, length),
            To: Math.Clamp(shared.To - start + (shared.From == shared.To ? 1 : 0), 0, length)))
        .Where(bar => bar.To > bar.From);

    private static void Paste(PixelImage part, PixelImage picture, int x, int y)
    {
        for (int row = 0; row < part.Height; row++)
            part.Pixels.AsSpan(3 * row * part.Width, 3 * part.Width).CopyTo(picture.Pixels.AsSpan(3 * (((y + row) * picture.Width) + x)));
    }

    private static void Fill(PixelImage picture, int x, int y, int width, int height)
    {
        for (int row = y; row < y + height; row++)
            picture.Pixels.AsSpan(3 * ((row * picture.Width) + x), 3 * width).Fill(Bar);
    }
}
