namespace Pix2Pix.Torch.Optimization;

/// <summary>Where a <see cref="PlateauSchedule"/> stands.</summary>
/// <param name="Share">The rate now, as a share of that at the start.</param>
/// <param name="Best">The best validation's merit; null before the first one.</param>
/// <param name="Waited">Validations since then, or since the last fall, that were no better.</param>
internal sealed record PlateauState(double Share, double? Best, int Waited);
