using System.Globalization;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Training.Hints;

/// <summary>The translations show nothing, or all the same.</summary>
internal sealed class OutputWatcher : IHintWatcher
{
    private const double LeastLevels = 2;
    private const long FirstStep = 100;
    private const int Looks = 2;

    private readonly double _targetsVary;
    private readonly double _targetsDiffer;
    private int _seen;

    /// <param name="targets">What the translations are to be like.</param>
    public OutputWatcher(IReadOnlyList<PixelImage> targets)
        => (_targetsVary, _targetsDiffer) = targets.Count == 0 ? default : (OverPixels(targets), OverImages(targets));

    public TrainingHintKind Kind => TrainingHintKind.ConstantOutput;

    /// <summary>The translations after the step that is looked at next, where there are some.</summary>
    public IReadOnlyList<PixelImage>? News { get; set; }

    public string? After(TrainingProgress progress)
    {
        if (News is not { Count: > 0 } images || progress.Step < FirstStep)
            return null;
        var problem = Problem(images);
        _seen = problem is null ? 0 : _seen + 1;
        return _seen < Looks
            ? null
            : $"{problem} Try a smaller learning rate, another seed, or instance normalization; look for inputs that show nothing, or that " +
                "have nothing to do with their targets.";
    }

    private string? Problem(IReadOnlyList<PixelImage> images)
    {
        var vary = OverPixels(images);
        if (vary < LeastLevels && _targetsVary >= LeastLevels)
            return Said($"The translations are constant: the pixels of an image vary by {vary:0.00} of 255 levels, those of the targets by {_targetsVary:0}.");
        var differ = OverImages(images);
        if (images.Count > 1 && differ < LeastLevels && _targetsDiffer >= LeastLevels)
            return Said($"All translations look the same: they differ by {differ:0.00} of 255 levels, the targets by {_targetsDiffer:0}.");
        return null;
    }

    private static string Said(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // The standard deviation over the pixels of an image and channel; a mean over images and channels.
    private static double OverPixels(IReadOnlyList<PixelImage> images) => images.Average(
        image => Enumerable.Range(0, image.Channels).Average(channel => Deviation(image.Pixels.Where((_, i) => i % image.Channels == channel))));

    // The standard deviation over the images; a mean over pixels and channels.
    private static double OverImages(IReadOnlyList<PixelImage> images)
        => Enumerable.Range(0, images[0].Pixels.Length).Average(i => Deviation(images.Select(image => image.Pixels[i])));

    private static double Deviation(IEnumerable<byte> values)
    {
        var (count, sum, squares) = (0, 0L, 0L);
        foreach (var value in values)
            (count, sum, squares) = (count + 1, sum + value, squares + (value * value));
        var mean = (double)sum / count;
        return Math.Sqrt(Math.Max(0, ((double)squares / count) - (mean * mean)));
    }
}
