namespace Pix2Pix;

/// <summary>A hint about a possible problem in training: the observation in numbers, and what to try.</summary>
/// <param name="Kind">The kind of hint. Each kind is given once per training.</param>
/// <param name="Epoch">The epoch in which the observation was made, from 1.</param>
/// <param name="Step">The step after which the observation was made, from 1.</param>
/// <param name="Text">The human-readable text.</param>
public sealed record TrainingHint(TrainingHintKind Kind, int Epoch, long Step, string Text);
