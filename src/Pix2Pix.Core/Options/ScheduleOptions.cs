namespace Pix2Pix;

/// <summary>The schedule of the learning rate. Immutable.</summary>
public sealed record ScheduleOptions
{
    /// <summary>Constant for the first half, then falling linearly.</summary>
    public static ScheduleOptions Default { get; } = new();

    /// <summary>The kind of schedule.</summary>
    /// <value>The default is <see cref="ScheduleKind.Linear"/>, as in the paper's public implementations.</value>
    public ScheduleKind Kind { get; init => field = Guard.Defined(value); } = ScheduleKind.Linear;

    /// <summary>The share of the training, at its end, in which the learning rate falls linearly to zero.</summary>
    /// <value>The default is 0.5: the rate is constant for the first half.</value>
    /// <remarks>Of <see cref="ScheduleKind.Linear"/> alone.</remarks>
    public double DecayShare { get; init => field = Guard.InRange(value, 0.0, 1.0); } = 0.5;

    /// <summary>Epochs between two falls.</summary>
    /// <value>The default is 50.</value>
    /// <remarks>Of <see cref="ScheduleKind.Step"/> alone.</remarks>
    public int StepEpochs { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 50;

    /// <summary>Validations in a row without a better one after which the rate falls.</summary>
    /// <value>The default is 5.</value>
    /// <remarks>
    /// Of <see cref="ScheduleKind.Plateau"/> alone. PyTorch's ReduceLROnPlateau waits for one more: its patience of 4 is a 5 here.
    /// </remarks>
    public int Patience { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 5;

    /// <summary>What the rate is multiplied by at a fall.</summary>
    /// <value>The default is 0.1.</value>
    /// <remarks>Of <see cref="ScheduleKind.Step"/> and <see cref="ScheduleKind.Plateau"/>.</remarks>
    public double Factor { get; init => field = Guard.InRange(value, 1e-6, 1.0); } = 0.1;
}
