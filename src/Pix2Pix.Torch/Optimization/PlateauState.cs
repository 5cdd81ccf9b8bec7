namespace Pix2Pix.Torch.Optimization;

/// <summary>The state of a <see cref="PlateauSchedule"/>.</summary>
/// <param name="Share">The current rate, as a fraction of the initial rate.</param>
/// <param name="Best">The merit of the best validation; null before the first.</param>
/// <param name="Waited">The number of validations without improvement since the best one or since the last reduction.</param>
internal sealed record PlateauState(double Share, double? Best, int Waited);
