using Pix2Pix.Imaging;

namespace Pix2Pix;

/// <summary>How edges are drawn. Immutable.</summary>
public sealed record EdgeOptions
{
    /// <summary>Thresholds found for each image.</summary>
    public static EdgeOptions Default { get; } = new();

    /// <summary>The standard deviation of the Gaussian that smooths the image first, in pixels.</summary>
    /// <value>The default is 1.4. From 0, which smooths nothing, to 10.</value>
    /// <remarks>More of it leaves out texture and noise, and rounds corners.</remarks>
    public double Sigma { get; init => field = Guard.InRange(value, 0.0, 10.0); } = 1.4;

    /// <summary>How steep an edge has to be.</summary>
    /// <value>The default is <see langword="null"/>: found for each image by <see cref="EdgeDrawing.FindThresholds"/>.</value>
    public EdgeThresholds? Thresholds { get; init; }

    /// <summary>Lines of fewer pixels are left out.</summary>
    /// <value>
    /// The default is 5, as in the script that made the edges of the paper's data sets. From 1, which leaves all in, to 1000.
    /// </value>
    public int MinLength { get; init => field = Guard.InRange(value, 1, 1000); } = 5;
}
