namespace Pix2Pix;

/// <summary>Something about a training that its owner should know: what was seen, in numbers, and what to try.</summary>
/// <param name="Kind">What it is about. A training gives a hint of a kind once.</param>
/// <param name="Epoch">The epoch after whose step it was seen, from 1.</param>
/// <param name="Step">The step, from 1.</param>
/// <param name="Text">Sentences for people.</param>
public sealed record TrainingHint(TrainingHintKind Kind, int Epoch, long Step, string Text);
