using Pix2Pix.Imaging;

namespace Pix2Pix.ML.Evaluation;

/// <summary>A row on the comparison page.</summary>
/// <param name="Metrics">Its scores.</param>
/// <param name="Quality">The one that is sorted by: more is better.</param>
/// <param name="Translation">Small.</param>
/// <param name="Target">Small, of the same size.</param>
internal sealed record ComparedRow(ImageRowMetrics Metrics, double Quality, PixelImage Translation, PixelImage Target)
{
    /// <summary>How many times the difference of both is shown: small ones would all be black.</summary>
    public const int Gain = 4;

    /// <summary>The absolute difference of both, <see cref="Gain"/> times: black where they are equal.</summary>
    public PixelImage Difference() => new(
        Target.Width,
        Target.Height,
        [.. Translation.Pixels.Zip(Target.Pixels, (a, b) => (byte)Math.Min(255, Gain * Math.Abs(a - b)))]);
}
