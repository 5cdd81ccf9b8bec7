namespace Pix2Pix;

/// <summary>The learning rate schedule. Immutable.</summary>
public sealed record ScheduleOptions
{
    /// <summary>Constant for the first half, then a linear decay.</summary>
    public static ScheduleOptions Default { get; } = new();

    /// <summary>The kind of schedule.</summary>
    /// <value>The default is <see cref="ScheduleKind.Linear"/>, as in the paper's public implementations.</value>
    public ScheduleKind Kind { get; init => field = Guard.Defined(value); } = ScheduleKind.Linear;

    /// <summary>The fraction of training, at its end, in which the learning rate decays linearly to zero.</summary>
    /// <value>The default is 0.5: the rate is constant for the first half.</value>
    /// <remarks>Only used by <see cref="ScheduleKind.Linear"/>.</remarks>
    public double DecayShare { get; init => field = Guard.InRange(value, 0.0, 1.0); } = 0.5;

    /// <summary>The number of epochs between two reductions.</summary>
    /// <value>The default is 50.</value>
    /// <remarks>Only used by <see cref="ScheduleKind.Step"/>.</remarks>
    public int StepEpochs { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 50;

    /// <summary>The number of consecutive validations without improvement after which the rate is reduced.</summary>
    /// <value>The default is 5.</value>
    /// <remarks>
    /// Only used by <see cref="ScheduleKind.Plateau"/>. PyTorch's ReduceLROnPlateau waits for one more: its patience of 4 corresponds to 5
    /// here.
    /// </remarks>
    public int Patience { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 5;

    /// <summary>The factor of a reduction.</summary>
    /// <value>The default is 0.1.</value>
    /// <remarks>Only used by <see cref="ScheduleKind.Step"/> and <see cref="ScheduleKind.Plateau"/>.</remarks>
    public double Factor { get; init => field = Guard.InRange(value, 1e-6, 1.0); } = 0.1;
}

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
