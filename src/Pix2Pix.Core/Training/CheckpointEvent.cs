namespace Pix2Pix;

/// <summary>What a <see cref="CheckpointReport"/> tells.</summary>
public enum CheckpointEvent
{
    /// <summary>The training goes on from this checkpoint.</summary>
    Resumed,

    /// <summary>This checkpoint was written.</summary>
    Written,

    /// <summary>This checkpoint could not be written. The training goes on; the checkpoints before are as they were.</summary>
    WriteFailed,

    /// <summary>This checkpoint is damaged; an older one is used.</summary>
    Damaged,
}
