namespace Pix2Pix.Torch.Training;

/// <summary>The learning rate over a training.</summary>
internal abstract class LearningRateSchedule
{
    /// <summary>The schedule that the options name.</summary>
    /// <param name="options">The rate at the start, and the schedule.</param>
    /// <param name="steps">All steps of the training.</param>
    public static LearningRateSchedule Create(TrainingOptions options, long steps) => options.Schedule.Kind switch
    {
        ScheduleKind.Linear => new LinearSchedule(options.LearningRate, options.Schedule.DecayShare, steps),
        _ => throw new NotImplementedException(),
    };

    /// <summary>The rate of a step, from 0.</summary>
    public abstract double At(long step);
}
