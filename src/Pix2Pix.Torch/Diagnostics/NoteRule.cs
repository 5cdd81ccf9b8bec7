namespace Pix2Pix.Torch.Diagnostics;

/// <summary>Passes on what somebody else has noticed.</summary>
internal sealed class NoteRule : IHintRule
{
    public NoteRule(TrainingHintKind kind) => Kind = kind;

    public TrainingHintKind Kind { get; }

    /// <summary>What is to be told after the next step.</summary>
    public string? Note { get; set; }

    public string? After(TrainingProgress progress) => Note;
}
