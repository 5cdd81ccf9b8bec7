using System.Globalization;
using Pix2Pix.Imaging;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>The translations are nearly uniform, or nearly identical for all inputs.</summary>
internal sealed class OutputRule : IHintRule
{
    private const long FirstStep = 100;
    private const int Detections = 2;

    private readonly double _targetsOverPixels;
    private readonly double _targetsOverImages;
    private int _detections;

    /// <param name="targets">The targets of the samples.</param>
    public OutputRule(IReadOnlyList<PixelImage> targets)
        => (_targetsOverPixels, _targetsOverImages) = targets.Count == 0
            ? default
            : (Variation.OverPixels(targets), Variation.OverImages(targets));

    public TrainingHintKind Kind => TrainingHintKind.ConstantOutput;

    /// <summary>The translations after the next step; null or empty if there are none.</summary>
    public IReadOnlyList<PixelImage>? Translations { get; set; }

    public string? After(TrainingProgress progress)
    {
        if (Translations is not { Count: > 0 } images || progress.Step < FirstStep)
            return null;
        var problem = Problem(images);
        _detections = problem is null ? 0 : _detections + 1;
        return _detections < Detections
            ? null
            : $"{problem} Try a smaller learning rate, another seed, or instance normalization. Check for blank inputs and for inputs " +
                "that do not match their targets.";
    }

    private string? Problem(IReadOnlyList<PixelImage> images)
    {
        var vary = Variation.OverPixels(images);
        if (vary < Variation.MinLevels && _targetsOverPixels >= Variation.MinLevels)
        {
            return Text(
                $"The translations are nearly uniform: pixels vary by {vary:0.00} of 255 levels, in targets by {_targetsOverPixels:0}.");
        }

        var differ = Variation.OverImages(images);
        if (images.Count > 1 && differ < Variation.MinLevels && _targetsOverImages >= Variation.MinLevels)
            return Text($"All translations look alike: they differ by {differ:0.00} of 255 levels, the targets by {_targetsOverImages:0}.");
        return null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The targets are blank or identical. Checked once, at the first step.</summary>
internal sealed class TargetRule : IHintRule
{
    private string? _problem;

    /// <param name="targets">A sample of the targets; empty if none are in memory.</param>
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
        if (vary < Variation.MinLevels)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The targets are blank: pixels vary by {vary:0.00} of 255 levels (targets sampled: {targets.Count}). {Advice}");
        }

        var differ = targets.Count > 1 ? Variation.OverImages(targets) : double.MaxValue;
        return differ >= Variation.MinLevels
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"All targets look alike: they differ by {differ:0.00} of 255 levels (targets sampled: {targets.Count}). {Advice}");
    }
}

/// <summary>The variation of images, as standard deviations in levels from 0 to 255.</summary>
internal static class Variation
{
    /// <summary>Images with less variation are considered uniform or identical.</summary>
    public const double MinLevels = 2;

    /// <summary>The variation over the pixels of an image, averaged over images and channels.</summary>
    public static double OverPixels(IReadOnlyList<PixelImage> images)
        => images.Average(image => Enumerable.Range(0, image.Channels).Average(channel => OverPixels(image, channel)));

    /// <summary>The variation over the images, averaged over pixels and channels.</summary>
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
