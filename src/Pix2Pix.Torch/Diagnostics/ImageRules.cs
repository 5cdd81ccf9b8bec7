using System.Globalization;
using Pix2Pix.Imaging;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>The translations show nothing, or all the same.</summary>
internal sealed class OutputRule : IHintRule
{
    private const long FirstStep = 100;
    private const int Looks = 2;

    private readonly double _targetsVary;
    private readonly double _targetsDiffer;
    private int _seen;

    /// <param name="targets">What the translations are to be like.</param>
    public OutputRule(IReadOnlyList<PixelImage> targets)
        => (_targetsVary, _targetsDiffer) = targets.Count == 0 ? default : (Variation.OverPixels(targets), Variation.OverImages(targets));

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
            : $"{problem} Try a smaller learning rate, another seed, or instance normalization. Check for blank inputs and for inputs " +
                "that do not match their targets.";
    }

    private string? Problem(IReadOnlyList<PixelImage> images)
    {
        var vary = Variation.OverPixels(images);
        if (vary < Variation.LeastLevels && _targetsVary >= Variation.LeastLevels)
            return Text($"The translations are nearly uniform: pixels vary by {vary:0.00} of 255 levels, in targets by {_targetsVary:0}.");
        var differ = Variation.OverImages(images);
        if (images.Count > 1 && differ < Variation.LeastLevels && _targetsDiffer >= Variation.LeastLevels)
            return Text($"All translations look alike: they differ by {differ:0.00} of 255 levels, the targets by {_targetsDiffer:0}.");
        return null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>There is nothing to learn in the targets: a look at the first step.</summary>
internal sealed class TargetRule : IHintRule
{
    private string? _problem;

    /// <param name="targets">Some of them; none where none are in memory.</param>
    public TargetRule(IReadOnlyList<PixelImage> targets) => _problem = targets.Count == 0 ? null : Problem(targets);

    public TrainingHintKind Kind => TrainingHintKind.ConstantTargets;

    public string? After(TrainingProgress progress)
    {
        var problem = _problem;
        _problem = null;
        return problem;
    }

    private static string? Problem(IReadOnlyList<PixelImage> targets)
    {
        const string Advice = "Inspect a pair: check the target column, or the input side of side-by-side images.";
        var vary = Variation.OverPixels(targets);
        if (vary < Variation.LeastLevels)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The targets are blank: the pixels within an image vary by {vary:0.00} of 255 levels in {targets.Count} sampled " +
                $"targets. {Advice}");
        }

        var differ = targets.Count > 1 ? Variation.OverImages(targets) : double.MaxValue;
        return differ >= Variation.LeastLevels
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"All targets are alike: {targets.Count} sampled targets differ by {differ:0.00} of 255 levels. {Advice}");
    }
}

/// <summary>How much there is to see in images, as standard deviations in levels of 0 to 255.</summary>
internal static class Variation
{
    /// <summary>Less than this shows nothing.</summary>
    public const double LeastLevels = 2;

    /// <summary>Over the pixels of an image and channel; a mean over images and channels.</summary>
    public static double OverPixels(IReadOnlyList<PixelImage> images)
        => images.Average(image => Enumerable.Range(0, image.Channels).Average(channel => OverPixels(image, channel)));

    /// <summary>Over the images; a mean over pixels and channels.</summary>
    public static double OverImages(IReadOnlyList<PixelImage> images)
    {
        var sum = 0.0;
        for (var i = 0; i < images[0].Pixels.Length; i++)
        {
            var levels = default(Levels);
            for (var image = 0; image < images.Count; image++)
                levels.Add(images[image].Pixels[i]);
            sum += levels.Deviation;
        }

        return sum / images[0].Pixels.Length;
    }

    private static double OverPixels(PixelImage image, int channel)
    {
        var levels = default(Levels);
        for (var i = channel; i < image.Pixels.Length; i += image.Channels)
            levels.Add(image.Pixels[i]);
        return levels.Deviation;
    }

    private struct Levels
    {
        private long _count;
        private long _sum;
        private long _squares;

        public readonly double Deviation
        {
            get
            {
                var mean = (double)_sum / _count;
                return Math.Sqrt(Math.Max(0, ((double)_squares / _count) - (mean * mean)));
            }
        }

        public void Add(byte level)
        {
            _count++;
            _sum += level;
            _squares += level * level;
        }
    }
}
