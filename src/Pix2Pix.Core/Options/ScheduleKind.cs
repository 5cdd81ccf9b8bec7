namespace Pix2Pix;

/// <summary>How the learning rate changes over a training.</summary>
public enum ScheduleKind
{
    /// <summary>Constant, then a linear fall to zero.</summary>
    Linear,

    /// <summary>Multiplied by a factor every so many epochs.</summary>
    Step,

    /// <summary>
    /// Half a cosine from the full rate to zero over the whole training: step k of S, from 0, has the share (1 + cos(pi k / S)) / 2.
    /// </summary>
    Cosine,

    /// <summary>
    /// Multiplied by a factor when the validation's metric has not become better, by a ten-thousandth of it, for some validations.
    /// Needs a validation.
    /// </summary>
    Plateau,
}
