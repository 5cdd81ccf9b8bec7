using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Evaluation;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Training;

/// <summary>The pairs that a training is validated with, and how well a generator translates them.</summary>
internal sealed class ValidationRows
{
    private readonly GeneratorOptions _generator;
    private readonly ImagePair[] _pairs;
    private readonly PixelImage[] _targets;
    private readonly Device _device;

    /// <summary>Reads the pairs, once.</summary>
    /// <param name="source">Pairs of the generator's size.</param>
    /// <param name="max">The most to keep, evenly spread.</param>
    /// <param name="generator">Gives size and channels.</param>
    /// <param name="device">Where to translate.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="ArgumentException">A pair has another size.</exception>
    public ValidationRows(IPairSource source, int max, GeneratorOptions generator, Device device, CancellationToken cancel)
    {
        _generator = generator;
        _device = device;
        _pairs = [.. source.Read(cancel).Where((_, row) => IsKept(row, source.Count, max))];
        if (_pairs.FirstOrDefault(pair => (pair.Input.Width, pair.Input.Height) != (generator.Width, generator.Height)) is { } other)
        {
            throw new ArgumentException(
                $"A pair to validate with is {other.Input.Width}x{other.Input.Height}; expected {generator.Width}x{generator.Height}, " +
                "the generator's size.");
        }

        _targets = [.. _pairs.Select(pair => Picture(pair.Target, pair.Input))];
    }

    /// <summary>The pairs that are kept.</summary>
    public IReadOnlyList<ImagePair> Pairs => _pairs;

    /// <summary>Whether a row is among <paramref name="max"/> of <paramref name="count"/> rows, evenly spread from the first on.</summary>
    public static bool IsKept(int row, int count, int max)
        => count <= max || (long)row * max % count < max;

    /// <summary>The mean scores of the pictures that a user sees, or null where a translation is not finite.</summary>
    public ImageScores? Score(Generator generator, InferenceOptions inference, CancellationToken cancel)
    {
        var translations = new PixelImage[_pairs.Length];
        for (var row = 0; row < _pairs.Length; row++)
        {
            // One by one, as in most uses of the exported model: the last bits of a convolution depend on the number of images.
            cancel.ThrowIfCancellationRequested();
            if (Translate(generator, inference, _pairs[row].Input) is not { } values)
                return null;
            translations[row] = values;
        }

        var scores = new ImageScores[_pairs.Length];
        Parallel.For(0, scores.Length, row => scores[row] = Score(Picture(translations[row], _pairs[row].Input), _targets[row]));
        var mean = new MeanImageScores();
        foreach (var score in scores)
            mean.Add(score);
        return mean.Mean;
    }

    private PixelImage? Translate(Generator generator, InferenceOptions inference, PixelImage input)
    {
        using var scope = NewDisposeScope();
        var translation = generator.Translate(PixelTensor.Of(input).to(_device), inference);
        var isFinite = translation.isfinite().all().cpu().item<bool>();
        return isFinite ? PixelTensor.ToImage(translation) : null;
    }

    // One identical image would make the mean PSNR infinite, and no later validation better. It counts with the largest finite value:
    // one byte of the image off by one.
    private static ImageScores Score(PixelImage translation, PixelImage target)
    {
        var scores = ImageMetrics.Compare(translation, target);
        return scores with { Psnr = Math.Min(scores.Psnr, 10 * Math.Log10(255.0 * 255.0 * target.Pixels.Length)) };
    }

    // Chroma alone is no picture: it is judged with the lightness that it is seen with.
    private PixelImage Picture(PixelImage values, PixelImage input)
        => _generator is { Output: ImageChannels.Chroma, Input: ImageChannels.Lightness }
            ? ChannelConversion.FromLab(input, values)
            : ChannelConversion.ToImage(values, _generator.Output, input);
}
