using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch;

/// <summary>A training step that was started; the device may still be computing it.</summary>
/// <param name="Position">The position of the training after the step.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
/// <param name="Batch">The batch of the step. Rows and names remain valid after its tensors are disposed.</param>
/// <param name="Losses">The losses of the step.</param>
internal sealed record PendingStep(TrainingPosition Position, double LearningRate, PairBatch Batch, PendingLosses Losses);
