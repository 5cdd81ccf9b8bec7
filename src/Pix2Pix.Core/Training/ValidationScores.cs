using Pix2Pix.Metrics;

namespace Pix2Pix;

/// <summary>How well the generator translated the validation pairs after an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Scores">
/// Means over the validation pairs. A translation that is identical to its target counts with the largest finite PSNR, 10 log10(255^2 n)
/// of n bytes, so that the mean stays finite.
/// </param>
/// <param name="Statistics">The statistics that it translated with: where both were tried, the better ones.</param>
/// <param name="IsBest">Whether it is better than all validations before.</param>
public sealed record ValidationScores(int Epoch, ImageScores Scores, NormStatistics Statistics, bool IsBest);
