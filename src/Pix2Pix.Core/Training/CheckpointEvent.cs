namespace Pix2Pix;

/// <summary>The events that a <see cref="CheckpointReport"/> describes.</summary>
public enum CheckpointEvent
{
    /// <summary>Training resumes from this checkpoint.</summary>
    Resumed,

    /// <summary>This checkpoint was written.</summary>
    Written,

    /// <summary>This checkpoint could not be written. Training continues; earlier checkpoints are unchanged.</summary>
    WriteFailed,

    /// <summary>This checkpoint is damaged; an older one is used.</summary>
    Damaged,
}
