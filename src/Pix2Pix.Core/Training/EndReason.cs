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
}
