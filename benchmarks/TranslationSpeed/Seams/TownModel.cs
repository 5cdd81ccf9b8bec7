using DrawnData;
using Microsoft.ML;
using Pix2Pix;

namespace TranslationSpeed.Seams;

/// <summary>A model that learned aerials from the maps of drawn towns, as samples/MapsToAerials does.</summary>
internal static class TownModel
{
    /// <summary>The file of the model, which is trained when it is not there yet.</summary>
    public static string Zip(string folder, int size, int filters, NormStatistics statistics, int pairs, int epochs)
    {
        string zip = Path.Combine(folder, $"towns-{size}-{filters}-{statistics}-{pairs}-{epochs}.zip");
        if (File.Exists(zip))
            return zip;

        MLContext context = new(seed: 1);
        context.Log += (_, line) =>
        {
            if (line.RawMessage.StartsWith("Epoch", StringComparison.Ordinal))
                Console.WriteLine(line.RawMessage);
        };
        string data = Path.Combine(folder, $"towns-{size}");
        Drawn.Pairs(DrawnKind.Maps, data, new DrawnCounts(pairs, Validation: 24), size, seed: 1);
        PairSplits split = context.ImageTranslation.LoadPairSplits(data, PairSide.Right);
        Pix2PixOptions options = new()
        {
            Generator = new() { Width = size, Height = size, Filters = filters },
            Discriminator = new() { Filters = filters },
            Training = new() { Epochs = epochs, BatchSize = 4, LearningRate = 0.001, Augmentation = AugmentationOptions.None, Seed = 1 },
            Inference = new() { Statistics = statistics },
        };
        using Pix2PixTransformer model = context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(split.Train);
        ImageTranslationMetrics metrics = context.ImageTranslation.Evaluate(model.Transform(split.Validation!));
        Console.WriteLine(FormattableString.Invariant(
            $"{metrics.Rows.Count} unseen pairs: L1 {metrics.L1:0.000}, PSNR {metrics.Psnr:0.0} dB, SSIM {metrics.Ssim:0.000}"));
        context.Model.Save(model, split.Train.Schema, zip);
        return zip;
    }
}
