using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch;

/// <summary>
/// Takes part in a training between its steps. The loop calls its callbacks in order, and in reverse order at the end. An exception ends
/// the training, unless a method says otherwise.
/// </summary>
internal abstract class TrainingCallback : IDisposable
{
    /// <summary>Whether the callback asks to end the training before the next step.</summary>
    public virtual bool WantsToStop => false;

    /// <summary>Whether <see cref="BetweenSteps"/> has work to do now. Losses of pending steps are read first, which waits for the device.</summary>
    public virtual bool IsDue => false;

    /// <summary>Called for each completed step, in order, when its losses have been read. On CUDA the training may be some steps ahead.</summary>
    /// <returns>The progress, to which the callback may add.</returns>
    public virtual TrainingProgress AfterStep(TrainingProgress progress) => progress;

    /// <summary>Called after a step, if <see cref="IsDue"/>. All losses have been read.</summary>
    public virtual void BetweenSteps()
    {
    }

    /// <summary>
    /// Called after the last step of an epoch, also if the training was resumed just after it. The position is still in the epoch.
    /// </summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public virtual void AfterEpoch(int epoch)
    {
    }

    /// <summary>Called after <see cref="AfterEpoch"/> of all callbacks. The position is before the next epoch.</summary>
    /// <param name="epoch">The completed epoch, from 1.</param>
    public virtual void BetweenEpochs(int epoch)
    {
    }

    /// <summary>Called when no step is left, before the end is recorded.</summary>
    public virtual void BeforeEnd()
    {
    }

    /// <summary>Returns the summary with what the callback adds to it.</summary>
    public virtual TrainingSummary Summarize(TrainingSummary summary) => summary;

    /// <summary>Called at the end of a training that was completed or stopped. After an exception, the other callbacks are still called.</summary>
    public virtual void Ended(TrainingSummary summary)
    {
    }

    /// <summary>
    /// Called if an exception ends the training. An exception of this method replaces it, and the remaining callbacks are not called.
    /// </summary>
    /// <returns>Whether the training has a result in spite of it, so that the exception is not thrown.</returns>
    public virtual bool Failed(Exception exception) => false;

    public virtual void Dispose()
    {
    }
}

/// <summary>What a training consists of and how far it is. Shared by the loop and its callbacks.</summary>
/// <param name="trainer">The networks and their optimizers.</param>
/// <param name="pairs">The training pairs.</param>
/// <param name="run">The options of the run, with the validation pairs.</param>
internal sealed class TrainingContext(Pix2PixTrainer trainer, IPairSource pairs, TrainingRun run)
{
    public Pix2PixTrainer Trainer => trainer;

    public IPairSource Pairs => pairs;

    public TrainingRun Run => run;

    /// <summary>The training options.</summary>
    public TrainingOptions Options => trainer.Options;

    /// <summary>The number of batches per epoch; the last batch may be smaller.</summary>
    public int BatchesPerEpoch => TrainingClock.BatchesPerEpoch(Options, pairs.Count);

    /// <summary>The current position: after the last step that was started.</summary>
    public TrainingPosition Position { get; set; } = TrainingPosition.Start;

    /// <summary>
    /// The position as a number of steps of the current batch size, which determines the learning rate. It differs from the number of steps
    /// if training was resumed with another batch size.
    /// </summary>
    public long ScheduledStep => ((Position.Epoch - 1L) * BatchesPerEpoch) + Position.Batch;

    /// <summary>The last step whose losses have been read; null before the first.</summary>
    public PendingStep? LastStep { get; set; }

    /// <summary>The epoch of the best validation whose generator is kept; null if there is none.</summary>
    public int? BestEpoch { get; set; }

    /// <summary>
    /// Whether an exception is about to end the training. Steps that were completed before it are still reported, but no more work is
    /// started.
    /// </summary>
    public bool IsFailing { get; set; }

    /// <summary>The newest checkpoint of this training, either written or resumed from; null if there is none.</summary>
    public string? NewestCheckpoint { get; set; }

    /// <summary>The losses of the last step whose losses have been read.</summary>
    public StepLosses LastLosses => LastStep?.Losses.Read() ?? default;

    /// <exception cref="TrainingDivergedException">A weight is infinite or NaN.</exception>
    public void RequireFiniteWeights()
    {
        if (!trainer.IsFinite)
            throw Diverged();
    }

    /// <summary>Returns the exception of a training whose losses, weights or translations are not finite.</summary>
    public TrainingDivergedException Diverged() => new(
        (LastStep?.Position ?? Position).Step, LastLosses, LastStep?.LearningRate ?? 0, LastStep?.Batch, NewestCheckpoint);
}
