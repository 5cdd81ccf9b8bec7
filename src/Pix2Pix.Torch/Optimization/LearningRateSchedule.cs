namespace Pix2Pix.Torch.Optimization;

/// <summary>The learning rate over a training.</summary>
internal abstract class LearningRateSchedule
{
    /// <summary>Creates the schedule that the options specify.</summary>
    /// <param name="options">Provide the initial learning rate and the schedule.</param>
    /// <param name="steps">The number of steps of the training.</param>
    public static LearningRateSchedule Create(TrainingOptions options, long steps) => options.Schedule.Kind switch
    {
        ScheduleKind.Linear => new LinearSchedule(options.LearningRate, options.Schedule.DecayShare, steps),
        ScheduleKind.Step => new StepSchedule(
            options.LearningRate, options.Schedule.Factor, options.Schedule.StepEpochs * (steps / options.Epochs)),
        ScheduleKind.Cosine => new CosineSchedule(options.LearningRate, steps),
        ScheduleKind.Plateau => new PlateauSchedule(options.LearningRate, options.Schedule.Factor, options.Schedule.Patience),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Schedule.Kind, "There is no such schedule."),
    };

    /// <summary>Returns the learning rate of a step, from 0.</summary>
    public abstract double At(long step);

    /// <summary>Called after each validation. Most schedules ignore it.</summary>
    /// <param name="merit">The value of the metric; higher is better.</param>
    public virtual void Validated(double merit)
    {
    }
}
