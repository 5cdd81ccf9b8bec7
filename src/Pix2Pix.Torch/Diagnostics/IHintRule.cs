namespace Pix2Pix.Torch.Diagnostics;

/// <summary>Looks for one kind of trouble in the stream of progress, with memory that does not grow.</summary>
internal interface IHintRule
{
    TrainingHintKind Kind { get; }

    /// <summary>What is to be told after this step, or null.</summary>
    string? After(TrainingProgress progress);
}
