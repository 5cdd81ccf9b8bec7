using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Evaluation;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Training;

/// <summary>The pairs that a training is validated with, and how well a generator translates them.</summary>
internal sealed class ValidationRows
{
    private readonly ImagePair[] _pairs;
    private readonly TrainingOptions _options;
    private readonly Device _device;

    /// <summary>Reads the pairs, once.</summary>
    /// <param name="source">Pairs of the generator's size.</param>
    /// <param name="generator">Gives the size.</param>
    /// <param name="max">The most to keep, evenly spread.</param>
    /// <param name="options">The training's.</param>
    /// <param name="device">Where to translate.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="ArgumentException">A pair has another size.</exception>
    public ValidationRows(
        IPairSource source, GeneratorOptions generator, int max, TrainingOptions options, Device device, CancellationToken cancel)
    {
        _pairs = [.. source.Read(cancel).Where((_, row) => IsKept(row, source.Count, max))];
        if (_pairs.FirstOrDefault(pair => (pair.Input.Width, pair.Input.Height) != (generator.Width, generator.Height)) is { } other)
        {
            throw new ArgumentException(
                $"A pair to validate with is {other.Input.Width}x{other.Input.Height}; expected {generator.Width}x{generator.Height}, " +
                "the generator's size.");
        }

        // A crop of images of the generator's size is the image itself.
        _options = options with { Augmentation = new AugmentationOptions { LoadScale = 1, Mirror = false } };
        _device = device;
    }

    /// <summary>The pairs that are kept.</summary>
    public IReadOnlyList<ImagePair> Pairs => _pairs;

    /// <summary>Whether a row is among <paramref name="max"/> of <paramref name="count"/> rows, evenly spread from the first on.</summary>
    public static bool IsKept(int row, int count, int max)
        => count <= max || (long)row * max % count < max;

    /// <summary>The mean scores, or null where a translation is not finite.</summary>
    public ImageScores? Score(Generator generator, InferenceOptions inference, CancellationToken cancel)
    {
        var translations = new List<PixelImage>(_pairs.Length);
        for (var row = 0; row < _pairs.Length; row++)
        {
            // One by one, as in most uses of the exported model: the last bits of a convolution depend on the number of images.
            cancel.ThrowIfCancellationRequested();
            using var batch = PairBatch.Augmented([_pairs[row]], [row], generator.Options, _options, 0, _device);
            using var translated = generator.Translate(batch.Input, inference);
            if (TranslatedPixels.Of(translated) is not { } images)
                return null;
            translations.AddRange(images);
        }

        var scores = new ImageScores[_pairs.Length];
        Parallel.For(0, scores.Length, row => scores[row] = Score(translations[row], _pairs[row].Target));
        var mean = new MeanImageScores();
        foreach (var score in scores)
            mean.Add(score);
        return mean.Mean;
    }

    // One identical image would make the mean PSNR infinite, and no later validation better. It counts with the largest finite value:
    // one byte of the image off by one.
    private static ImageScores Score(PixelImage translation, PixelImage target)
    {
        var scores = ImageMetrics.Compare(translation, target);
        return scores with { Psnr = Math.Min(scores.Psnr, 10 * Math.Log10(255.0 * 255.0 * target.Pixels.Length)) };
    }
}
