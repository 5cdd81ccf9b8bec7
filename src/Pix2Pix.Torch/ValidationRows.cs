using Pix2Pix.Imaging;
using Pix2Pix.Metrics;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch;

/// <summary>Holds the validation pairs and scores a generator's translations of them.</summary>
internal sealed class ValidationRows
{
    private readonly GeneratorOptions _generator;
    private readonly ImagePair[] _pairs;
    private readonly PixelImage[] _targets;

    /// <summary>Reads the pairs once.</summary>
    /// <param name="source">The pairs, at the generator's size.</param>
    /// <param name="max">The maximum number of pairs to keep, evenly spaced.</param>
    /// <param name="generator">Provides size and channels.</param>
    /// <param name="cancel">Cancels the reading.</param>
    /// <exception cref="ArgumentException">A pair has another size.</exception>
    public ValidationRows(IPairSource source, int max, GeneratorOptions generator, CancellationToken cancel)
    {
        _generator = generator;
        _pairs = [.. source.Read(cancel).Where((_, row) => IsSelected(row, source.Count, max))];
        if (_pairs.FirstOrDefault(pair => (pair.Input.Width, pair.Input.Height) != (generator.Width, generator.Height)) is { } other)
        {
            throw new ArgumentException(
                $"A validation pair is {other.Input.Width}x{other.Input.Height}; expected {generator.Width}x{generator.Height}, the " +
                "generator's size.");
        }

        _targets = [.. _pairs.Select(pair => NetworkPicture.OfOutput(_generator, pair.Target, pair.Input))];
    }

    /// <summary>The pairs that are kept.</summary>
    public IReadOnlyList<ImagePair> Pairs => _pairs;

    /// <summary>Returns a fingerprint that distinguishes these pairs from others.</summary>
    public string Fingerprint() => PairChecksum.Join(_pairs.Select(PairChecksum.Of));

    /// <summary>
    /// Determines whether a row is among <paramref name="max"/> of <paramref name="count"/> rows, evenly spaced from the first row.
    /// </summary>
    public static bool IsSelected(int row, int count, int max)
        => EvenlySpacedSubset.Includes(row, count, max);

    /// <summary>Returns the mean scores of the final output images, or null if a translation is not finite.</summary>
    public ImageScores? Score(Generator generator, InferenceOptions inference, CancellationToken cancel)
    {
        var translations = new PixelImage[_pairs.Length];
        for (var row = 0; row < _pairs.Length; row++)
        {
            // One image at a time, as in most uses of the exported model: the last bits of a convolution depend on the batch size.
            cancel.ThrowIfCancellationRequested();
            if (generator.TranslateIfFinite(_pairs[row].Input, inference) is not { } values)
                return null;
            translations[row] = values;
        }

        var scores = new ImageScores[_pairs.Length];
        Parallel.For(0, scores.Length, row => scores[row] = Score(
            NetworkPicture.OfOutput(_generator, translations[row], _pairs[row].Input), _targets[row]));
        var mean = new MeanImageScores();
        foreach (var score in scores)
            mean.Add(score);
        return mean.Mean;
    }

    // A single identical image would make the mean PSNR infinite, and no later validation could be better. The PSNR is therefore limited
    // to the largest finite value, which is that of an image with one byte off by one.
    private static ImageScores Score(PixelImage translation, PixelImage target)
    {
        var scores = ImageMetrics.Compare(translation, target);
        return scores with { Psnr = Math.Min(scores.Psnr, 10 * Math.Log10(255.0 * 255.0 * target.Pixels.Length)) };
    }
}

/// <summary>What two validations must have in common to be comparable: metric, inference options and pairs.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Inference">The inference options.</param>
/// <param name="Pairs">The fingerprint of the pairs that are actually used.</param>
internal sealed record ValidationBasis(ValidationMetric Metric, InferenceOptions Inference, string Pairs);
