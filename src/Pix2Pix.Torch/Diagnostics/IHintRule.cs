namespace Pix2Pix.Torch.Diagnostics;

/// <summary>Detects one kind of problem in the training progress, using bounded memory.</summary>
internal interface IHintRule
{
    TrainingHintKind Kind { get; }

    /// <summary>The hint to report after this step, or null.</summary>
    string? After(TrainingProgress progress);
}
