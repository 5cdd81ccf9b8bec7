using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;
using TrainingMemory;

namespace TranslationSpeed;

/// <summary>One large image in tiles.</summary>
internal static class TilesBenchmark
{
    public static void Run(Model model, int width, int height)
    {
        SizingOptions sizing = new() { Kind = ImageSizing.Tiles };
        using Pix2PixTransformer tiles = new MLContext(seed: 1).ImageTranslation.LoadTransformer(model.Zip, sizing: sizing);
        using MLImage image = Model.Draw(1, width, height);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Before: {ProcessMemory.Resident:0} MiB"));
        Stopwatch watch = Stopwatch.StartNew();
        using MLImage translation = tiles.Translate(image);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{translation.Width}x{translation.Height} in {watch.Elapsed.TotalSeconds:0} s; peak {ProcessMemory.Peak:0} MiB"));
    }
}
