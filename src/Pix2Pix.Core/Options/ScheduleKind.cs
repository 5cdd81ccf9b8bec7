namespace Pix2Pix;

/// <summary>How the learning rate changes during training.</summary>
public enum ScheduleKind
{
    /// <summary>Constant, then a linear decay to zero.</summary>
    Linear,

    /// <summary>Multiplied by a factor at a fixed interval of epochs.</summary>
    Step,

    /// <summary>
    /// Cosine decay from the full rate to zero over the whole training: step k of S, from 0, has the fraction (1 + cos(pi k / S)) / 2.
    /// </summary>
    Cosine,

    /// <summary>
    /// Multiplied by a factor when the validation metric has not improved by a ten-thousandth of its value for some validations. Requires
    /// validation.
    /// </summary>
    Plateau,
}
