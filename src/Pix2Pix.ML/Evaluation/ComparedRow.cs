using Pix2Pix.Imaging;

namespace Pix2Pix.ML.Evaluation;

/// <summary>A row on the comparison page.</summary>
/// <param name="Metrics">The scores of the row.</param>
/// <param name="Quality">The score to sort by; higher is better.</param>
/// <param name="Translation">The downscaled translation.</param>
/// <param name="Target">The downscaled target, of the same size.</param>
internal sealed record ComparedRow(ImageRowMetrics Metrics, double Quality, PixelImage Translation, PixelImage Target)
{
    /// <summary>The factor by which differences are amplified; small differences would appear black.</summary>
    public const int Gain = 4;

    /// <summary>The absolute difference of both images, multiplied by <see cref="Gain"/>: black where they are equal.</summary>
    public PixelImage Difference() => new(
        Target.Width,
        Target.Height,
        [.. Translation.Pixels.Zip(Target.Pixels, (a, b) => (byte)Math.Min(255, Gain * Math.Abs(a - b)))]);
}
