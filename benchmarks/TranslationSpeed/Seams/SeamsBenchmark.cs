using System.Diagnostics;
using System.Globalization;
using DrawnData;
using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;
using Pix2Pix.ML.Data;
using SkiaSharp;
using TrainingMemory;

namespace TranslationSpeed.Seams;

/// <summary>The map of a large town in tiles: whether tiles show, by measure and in a picture.</summary>
internal static class SeamsBenchmark
{
    private const int MaxWhole = 1 << 22; // pixels of an image that is also translated at once

    public static void Run(string zip, int width, int height, string folder)
    {
        using Pix2PixTransformer model = new MLContext(seed: 1).ImageTranslation.LoadTransformer(zip);
        int size = model.Shape.Width;
        if (width % size != 0 || height % size != 0)
        {
            throw new ArgumentException(
                $"The image is to have {width}x{height} pixels; expected multiples of the model's {size}, to cut it apart.");
        }

        string file = Path.Combine(folder, $"town-{width}x{height}.png");
        using (SKBitmap town = Drawn.LargeMap(width, height, size, seed: 1))
        using (FileStream png = File.Create(file))
            town.Encode(png, SKEncodedImageFormat.Png, quality: 100);
        using MLImage map = ImageFiles.Read(file);
        GC.Collect();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Before: {ProcessMemory.Resident:0} MiB, peak {ProcessMemory.Peak:0} MiB"));
        Console.WriteLine("| Translated | s | Peak MiB so far | Step at borders | Elsewhere | Ratio | Grid moved | Overlaps to outside |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");

        using MLImage tiles = Measured("in tiles, overlap 0.25", Overlapping(0.25), () => Tiles(0.25));
        Measured("in tiles, overlap 0.05", Overlapping(0.05), () => Tiles(0.05)).Dispose();
        Measured("in tiles, overlap 0.5", Overlapping(0.5), () => Tiles(0.5)).Dispose();
        using MLImage apart = Measured("cut apart, one by one", side => TileBorders.Touching(side, size), () => Apart(model, map));
        if (width * height <= MaxWhole)
            Measured("at once, at the places of 0.25", Overlapping(0.25), () => Sized(new() { Kind = ImageSizing.OriginalSize })).Dispose();
        TilesPicture.Write(Path.Combine(folder, "tiles.png"), map, tiles, apart, size);

        Func<int, TileBorders> Overlapping(double overlap) => side => TileBorders.Overlapping(side, size, overlap);

        MLImage Tiles(double overlap) => Sized(new() { Kind = ImageSizing.Tiles, TileOverlap = overlap });

        MLImage Sized(SizingOptions sizing)
        {
            using Pix2PixTransformer sized = model.With(sizing);
            return sized.Translate(map);
        }
    }

    private static MLImage Measured(string name, Func<int, TileBorders> borders, Func<MLImage> translate)
    {
        Stopwatch watch = Stopwatch.StartNew();
        MLImage image = translate();
        (TimeSpan time, double peak) = (watch.Elapsed, ProcessMemory.Peak);

        Steps steps = new(image);
        var (across, down) = (borders(image.Width), borders(image.Height));
        var (there, elsewhere) = steps.Mean(across.Places, down.Places);
        var (inside, outside) = steps.Mean(across.Inside, down.Inside);
        // What the same grid gives where no tiles meet: as much is chance, and what the network draws at some pixels of a tile.
        int gap = across.Shared[0].From;
        double[] moved = [.. Enumerable.Range(1, gap - 1).Select(by =>
        {
            var (at, not) = steps.Mean(Moved(across, by), Moved(down, by));
            return at / not;
        }).Order()];
        string blended = double.IsNaN(inside) ? "" : (inside / outside).ToString("0.000", CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {time.TotalSeconds:0.0} | {peak:0} | {there:0.00} | {elsewhere:0.00} | {there / elsewhere:0.000} | "
            + $"{moved[0]:0.000} to {moved[^1]:0.000} | {blended} |"));
        return image;
    }

    private static HashSet<int> Moved(TileBorders borders, int by)
        => [.. borders.Places.Select(place => place - by).Where(place => place > 0)];

    // What one would do without the library's tiles.
    private static MLImage Apart(Pix2PixTransformer model, MLImage map)
    {
        int size = model.Shape.Width;
        byte[] pixels = new byte[map.Pixels.Length];
        for (int y = 0; y < map.Height; y += size)
        {
            for (int x = 0; x < map.Width; x += size)
            {
                using MLImage part = MLImage.CreateFromPixels(size, size, map.PixelFormat, Pixels.Cut(map, x, y, size, size));
                using MLImage translation = model.Translate(part);
                Pixels.Paste(translation.Pixels, size, pixels, map.Width, x, y);
            }
        }

        return MLImage.CreateFromPixels(map.Width, map.Height, MLPixelFormat.Bgra32, pixels);
    }
}
