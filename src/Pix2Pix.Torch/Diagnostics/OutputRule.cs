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
            : $"{problem} Try a smaller learning rate, another seed, or instance normalization; look for inputs that show nothing, or that " +
                "have nothing to do with their targets.";
    }

    private string? Problem(IReadOnlyList<PixelImage> images)
    {
        var vary = Variation.OverPixels(images);
        if (vary < Variation.LeastLevels && _targetsVary >= Variation.LeastLevels)
            return Said($"The translations are constant: the pixels of an image vary by {vary:0.00} of 255 levels, those of the targets by {_targetsVary:0}.");
        var differ = Variation.OverImages(images);
        if (images.Count > 1 && differ < Variation.LeastLevels && _targetsDiffer >= Variation.LeastLevels)
            return Said($"All translations look the same: they differ by {differ:0.00} of 255 levels, the targets by {_targetsDiffer:0}.");
        return null;
    }

    private static string Said(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
