namespace Pix2Pix;

/// <summary>Why a training ended.</summary>
public enum EndReason
{
    /// <summary>All steps were done.</summary>
    Finished,

    /// <summary>It was told to stop.</summary>
    Stopped,

    /// <summary>The validations had not become better for as many as <see cref="ValidationOptions.Patience"/> says.</summary>
    EarlyStopping,

    /// <summary>
    /// A loss or a weight became infinite or not a number. The generator is that of the best validation before; without one the training
    /// ends with an exception.
    /// </summary>
    Diverged,
}
