using System.Globalization;
using Pix2Pix.Imaging;

namespace Pix2Pix.Torch.Diagnostics;

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
        const string Advice = "Look at a pair: is it the right column, or the right side of an image that holds both?";
        var vary = Variation.OverPixels(targets);
        if (vary < Variation.LeastLevels)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The targets show nothing: the pixels of an image vary by {vary:0.00} of 255 levels, in {targets.Count} of them. {Advice}");
        }

        var differ = targets.Count > 1 ? Variation.OverImages(targets) : double.MaxValue;
        return differ >= Variation.LeastLevels
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The targets are all the same: they differ by {differ:0.00} of 255 levels, {targets.Count} of them. {Advice}");
    }
}
