using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch;

/// <summary>A step of a training that was taken; its device may yet be at work on it.</summary>
/// <param name="Position">Where the training stands after it.</param>
/// <param name="LearningRate">Its learning rate.</param>
/// <param name="Batch">Its batch: rows and names are of use when the tensors are gone.</param>
/// <param name="Losses">Its losses.</param>
internal sealed record PendingStep(TrainingPosition Position, double LearningRate, PairBatch Batch, PendingLosses Losses);
