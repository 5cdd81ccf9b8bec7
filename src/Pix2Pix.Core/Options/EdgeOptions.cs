using Pix2Pix.Imaging;

namespace Pix2Pix;

/// <summary>How edges are drawn. Immutable.</summary>
public sealed record EdgeOptions
{
    /// <summary>The thresholds are found for each image.</summary>
    public static EdgeOptions Default { get; } = new();

    /// <summary>The standard deviation of the Gaussian that smooths the image first, in pixels.</summary>
    /// <value>The default is 1.4. From 0, which means no smoothing, to 10.</value>
    /// <remarks>A larger value removes texture and noise, and rounds corners.</remarks>
    public double Sigma { get; init => field = Guard.InRange(value, 0.0, 10.0); } = 1.4;

    /// <summary>The gradient thresholds of an edge.</summary>
    /// <value>The default is <see langword="null"/>: found for each image by <see cref="EdgeDrawing.FindThresholds"/>.</value>
    public EdgeThresholds? Thresholds { get; init; }

    /// <summary>The minimum length of a line in pixels; shorter lines are removed.</summary>
    /// <value>
    /// The default is 5, as in the script that made the edges of the paper's data sets. From 1, which keeps all lines, to 1000.
    /// </value>
    public int MinLength { get; init => field = Guard.InRange(value, 1, 1000); } = 5;
}
