namespace Pix2Pix;

/// <summary>The reasons why training ended.</summary>
public enum EndReason
{
    /// <summary>All steps were completed.</summary>
    Finished,

    /// <summary>Training was stopped by the caller.</summary>
    Stopped,

    /// <summary>As many consecutive validations as <see cref="ValidationOptions.Patience"/> specifies brought no improvement.</summary>
    EarlyStopping,

    /// <summary>
    /// A loss or a weight became infinite or not a number. The generator is that of the best earlier validation; without one, training ends
    /// with an exception.
    /// </summary>
    Diverged,
}
