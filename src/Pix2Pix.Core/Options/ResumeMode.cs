namespace Pix2Pix;

/// <summary>What a training does with checkpoints that are in its folder when it begins.</summary>
public enum ResumeMode
{
    /// <summary>Begins anew; a folder that holds checkpoints, or best.safetensors, is an error, so that none is overwritten.</summary>
    Never,

    /// <summary>Goes on from the newest, or from best.safetensors where it is the only one; begins anew where there is none.</summary>
    IfPresent,

    /// <summary>Goes on from the newest; that there is none is an error.</summary>
    Require,
}
