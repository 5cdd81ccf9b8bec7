using Pix2Pix.Metrics;

namespace Pix2Pix.ML;

/// <summary>The distances between the features of all translations and those of all targets.</summary>
/// <param name="Fid">The Fréchet distance: <see cref="FrechetDistance"/>.</param>
/// <param name="Kid">The kernel distance, mean and standard deviation over its subsets.</param>
/// <param name="Dimensions">The number of features of an image.</param>
public sealed record FeatureMetrics(double Fid, KernelDistance Kid, int Dimensions);
