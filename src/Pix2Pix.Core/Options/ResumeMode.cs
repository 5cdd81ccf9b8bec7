namespace Pix2Pix;

/// <summary>How training handles checkpoints that are already in its folder.</summary>
public enum ResumeMode
{
    /// <summary>
    /// Starts from the beginning; checkpoints or best.safetensors in the folder are an error, so that none is overwritten.
    /// </summary>
    Never,

    /// <summary>
    /// Resumes from the newest checkpoint, or from best.safetensors if it is the only one; starts from the beginning if there is none.
    /// </summary>
    IfPresent,

    /// <summary>Resumes from the newest checkpoint; it is an error if there is none.</summary>
    Require,
}
