using Pix2Pix.Torch.Evaluation;
using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Training;

/// <summary>How well the generator translated the validation pairs after an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Scores">Means over the validation pairs.</param>
/// <param name="Statistics">The statistics that it translated with: where both were tried, the better ones.</param>
/// <param name="IsBest">Whether no validation before was better.</param>
public sealed record ValidationScores(int Epoch, ImageScores Scores, NormStatistics Statistics, bool IsBest);
