namespace Pix2Pix.Torch.Diagnostics;

/// <summary>Reports a hint detected elsewhere.</summary>
internal sealed class NoteRule : IHintRule
{
    public NoteRule(TrainingHintKind kind) => Kind = kind;

    public TrainingHintKind Kind { get; }

    /// <summary>The hint to report after the next step.</summary>
    public string? Note { get; set; }

    public string? After(TrainingProgress progress) => Note;
}
