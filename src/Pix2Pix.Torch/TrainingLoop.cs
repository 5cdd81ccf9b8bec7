using System.Runtime.ExceptionServices;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Diagnostics;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>
/// The epochs and steps of a training. Validation, diagnostics and checkpoints are <see cref="TrainingCallback"/>s. An instance runs once.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly TrainingContext _training;
    private readonly TrainingRun _run;
    private readonly PendingSteps _pending;
    private readonly CancellationTokenSource _ended;
    private readonly List<TrainingCallback> _callbacks = [];
    private readonly TrainingClock _clock;
    private readonly LearningRateSchedule _schedule;
    private readonly BatchReader _batches;

    /// <summary>Prepares the training, or resumes it from a checkpoint.</summary>
    public TrainingLoop(TrainingContext training)
    {
        _training = training;
        _run = training.Run;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(_run.StopTraining, _run.CancellationToken);
        _pending = new PendingSteps(training.Trainer.Device, _run);
        _batches = new BatchReader(training.Pairs, training.Trainer.Generator.Options, training.Options, training.Trainer.Device);
        try
        {
            var checkpoints = CheckpointCallback.Open(training);
            if (checkpoints is not null)
                _callbacks.Add(checkpoints);
            _clock = new TrainingClock(training.Options, training.Pairs.Count, _run.Clock, training.Position);
            _schedule = LearningRateSchedule.Create(training.Options, (long)training.Options.Epochs * training.BatchesPerEpoch);
            var validation = new ValidationCallback(training, _schedule);
            _callbacks.Insert(0, validation);
            checkpoints?.Restore([.. training.Trainer.States, .. validation.States]);
            if (HasStepsLeft)
                checkpoints?.RequireFreeSpace(validation.KeepsBest, validation.BytesToCome);
            _callbacks.Insert(1, new DiagnosticsCallback(training, _clock, validation, _ended.Token));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private bool HasStepsLeft => _training.Position.Epoch <= _training.Options.Epochs && !ShouldStop;

    private bool ShouldStop => _run.StopTraining.IsCancellationRequested || _callbacks.Any(callback => callback.WantsToStop);

    // The end is recorded in reverse order: the last checkpoint is written before the best weights replace the current ones.
    private IEnumerable<TrainingCallback> Backwards => _callbacks.AsEnumerable().Reverse();

    /// <summary>Trains for the number of epochs in the options, or for those that remain after a checkpoint.</summary>
    public TrainingSummary Run()
    {
        try
        {
            while (HasStepsLeft && Epoch())
            {
                var epoch = _training.Position.Epoch;
                _callbacks.ForEach(callback => callback.AfterEpoch(epoch));
                _training.Position = _training.Position.NextEpoch();
                _callbacks.ForEach(callback => callback.BetweenEpochs(epoch));
            }

            _callbacks.ForEach(callback => callback.BeforeEnd());
            _run.CancellationToken.ThrowIfCancellationRequested();
            _training.RequireFiniteWeights(); // after a stop within an epoch; the last checkpoint must be usable
        }
        catch (Exception e)
        {
            var hasResult = false;
            foreach (var callback in Backwards)
                hasResult |= callback.Failed(e);
            if (!hasResult)
                throw;
            return Summary() with { EndReason = EndReason.Diverged };
        }

        return End();
    }

    public void Dispose()
    {
        foreach (var callback in Backwards)
            callback.Dispose();
        _batches.Dispose();
        _pending.Dispose();
        _ended.Dispose();
    }

    // Returns whether the epoch was completed, not stopped.
    private bool Epoch()
    {
        try
        {
            var (epoch, batch) = (_training.Position.Epoch, _training.Position.Batch);
            foreach (var pairs in _clock.Timed(_batches.Epoch(epoch, batch, _ended.Token), _ended.Token))
            {
                using var owned = pairs;
                _run.CancellationToken.ThrowIfCancellationRequested();
                if (_run.StopTraining.IsCancellationRequested)
                    break;
                Step(pairs);
                var due = _callbacks.FindAll(callback => callback.IsDue);
                if (due.Count == 0)
                    continue;
                ReportPending();
                due.ForEach(callback => callback.BetweenSteps());
            }

            ReportPending();
            return _training.Position.Batch == _training.BatchesPerEpoch;
        }
        catch (Exception e) when (e is not TrainingDivergedException)
        {
            ReportBeforeFailure();
            throw;
        }
    }

    private void Step(PairBatch batch)
    {
        var rate = _schedule.At(_training.ScheduledStep);
        var losses = _training.Trainer.Step(batch.Input, batch.Target, rate);
        var endsEpoch = _training.Position.Batch + 1 == _training.BatchesPerEpoch;
        if (_pending.AreDue || endsEpoch || _callbacks.Exists(callback => callback.IsDue))
            losses.Read(); // before StepDone: waiting for the device counts as step time
        _training.Position = _clock.StepDone(_training.Position, batch.Rows.Length);
        _pending.Add(new PendingStep(_training.Position, rate, batch, losses));
        if (losses.AreRead)
            ReportPending();
    }

    private void ReportPending()
    {
        while (_pending.Next() is { } step)
            Report(step);
    }

    // Reports the steps that were completed before a failure, so that no checkpoint contains a step with unchecked losses. The caller
    // receives the first failure, unless the training diverged before it. A completed epoch is validated when the training is resumed.
    private void ReportBeforeFailure()
    {
        _training.IsFailing = true;
        while (_pending.Next() is { } step)
        {
            try
            {
                Report(step);
            }
            catch (Exception e) when (e is not TrainingDivergedException)
            {
            }
        }
    }

    private void Report(PendingStep step)
    {
        using var losses = step.Losses;
        var values = losses.Read();
        _training.LastStep = step;
        if (!values.AreFinite)
            throw _training.Diverged();

        var progress = _clock.After(step.Position, values, step.LearningRate);
        if (progress.EndsEpoch)
            _training.RequireFiniteWeights();
        foreach (var callback in _callbacks)
            progress = callback.AfterStep(progress);
        _run.Progress?.Report(progress);
    }

    private TrainingSummary End()
    {
        var summary = Summary();
        ExceptionDispatchInfo? error = null;
        foreach (var callback in Backwards)
        {
            try
            {
                callback.Ended(summary);
            }
            catch (Exception e)
            {
                error ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        error?.Throw();
        return summary;
    }

    private TrainingSummary Summary() => _callbacks.Aggregate(
        _clock.Summary(_training.Position, _training.LastLosses, get_num_threads()), (summary, callback) => callback.Summarize(summary));
}

/// <summary>Trains with a <see cref="Pix2PixTrainer"/>.</summary>
public static class TrainerExtensions
{
    /// <summary>Trains for the number of epochs in the trainer's options.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="pairs">The training pairs, at least one.</param>
    /// <param name="run">Progress reporting, cancellation, validation and checkpoints; null for <see cref="TrainingRun.Default"/>.</param>
    /// <returns>
    /// A summary of the training. The generator then has the weights of the best validation or the averaged weights, if the options ask for
    /// them.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The training or validation set is empty, its pairs were prepared for options other than the trainer's, or the options contradict
    /// the run.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    /// <exception cref="TrainingDivergedException">
    /// A loss or a weight is no longer finite, and no weights of a validation are available. If they are, the generator has the weights
    /// of the best validation, and <see cref="TrainingSummary.EndReason"/> reports the divergence.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The run's checkpoint belongs to another training, in which case the message lists all differences, or has more epochs; or
    /// <see cref="Pix2PixTrainer.ReleaseTrainingState"/> was called.
    /// </exception>
    /// <exception cref="IOException">
    /// The folder of the checkpoints or of the report cannot be written to, or the checkpoint cannot be read, for example because it is a
    /// pipe.
    /// </exception>
    /// <exception cref="InvalidDataException">The report cannot be continued, because its CSV files have other columns or values.</exception>
    /// <exception cref="CheckpointException">
    /// The run's checkpoint is damaged, or has another version of the format; or the training is complete, but its last checkpoint could
    /// not be written.
    /// </exception>
    public static TrainingSummary Train(this Pix2PixTrainer trainer, ImagePairs pairs, TrainingRun? run = null)
        => Train(trainer, (IPairSource)pairs, run);

    /// <summary>Same as <see cref="Train(Pix2PixTrainer, ImagePairs, TrainingRun?)"/>, for any source of pairs.</summary>
    internal static TrainingSummary Train(this Pix2PixTrainer trainer, IPairSource pairs, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(pairs);
        trainer.RequireTrainingState();
        run ??= TrainingRun.Default;
        var (generator, training) = (trainer.Generator.Options, trainer.Options);
        PairSourceCheck.Check(pairs, nameof(pairs), "training", new PairPreparation(generator, training));
        OptionsCheck.Throw(OptionsCheck.Problems(generator, training, run));
        if (run.ValidationSource is { } validation)
            PairSourceCheck.Check(validation, nameof(run), "validation", ImagePairs.ForValidation(generator, training).Preparation);

        using var exact = TensorFloat32.On(trainer.Device, allowed: false); // for validations and samples; each step has its own setting
        using var loop = new TrainingLoop(new TrainingContext(trainer, pairs, run));
        return loop.Run();
    }
}
