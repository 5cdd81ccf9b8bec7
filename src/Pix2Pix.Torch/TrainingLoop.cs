using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>Runs the epochs of a training: data, steps, reports, validation and checkpoints. An instance runs once.</summary>
internal sealed class TrainingLoop
{
    private readonly Pix2PixTrainer _trainer;
    private readonly IPairSource _pairs;
    private readonly TrainingRun _run;
    private readonly TrainingOptions _options;
    private readonly PendingSteps _unread;
    private TrainingPosition _position = TrainingPosition.Start;
    private bool _lastValidationFailed;
    private PendingStep? _last; // the last step whose losses have been read

    public TrainingLoop(Pix2PixTrainer trainer, IPairSource pairs, TrainingRun run)
    {
        _trainer = trainer;
        _pairs = pairs;
        _run = run;
        _options = trainer.Options;
        _unread = new PendingSteps(trainer.Device, run);
    }

    /// <summary>Trains for the number of epochs in the options, or for those that remain after a checkpoint.</summary>
    public TrainingSummary Run()
    {
        using var unread = _unread;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_run.Stop, _run.Cancel);
        var perEpoch = TrainingClock.BatchesPerEpoch(_options, _pairs.Count);
        using var checkpoints = Checkpointer.Open(_run, () => TrainingIdentity.Of(_trainer, _pairs, _run), perEpoch);
        _position = checkpoints?.Start ?? _position;
        var clock = new TrainingClock(_options, _pairs.Count, _run.Clock, _position);
        var schedule = LearningRateSchedule.Create(_options, clock.Steps);
        using var validation = new ValidationRun(_trainer, _run, schedule);
        checkpoints?.Restore([.. _trainer.States, .. validation.States]);
        if (HasStepsLeft(validation))
            checkpoints?.RequireRoom(validation.KeepsBest, validation.BytesToCome);
        using var batches = new BatchReader(_pairs, _trainer.Generator.Options, _options, _trainer.Device);
        using var watch = new TrainingMonitor(_trainer, _pairs, _run, clock, validation, ended.Token);
        var parts = new Parts(batches, clock, schedule, validation, checkpoints, watch);

        try
        {
            while (HasStepsLeft(validation))
            {
                Epoch(parts, ended.Token);
                if (_position.Batch < perEpoch) // stopped within the epoch
                    break;
                if (Validate(parts) is { } late) // resumed just before this validation
                    watch.Validated(late);
                _position = _position.NextEpoch();
                if (_run.Validation.KeepBest && validation.Best?.Epoch == _position.Epoch - 1)
                    checkpoints?.WriteBest(_position);
                if (checkpoints?.IsDueAfterEpoch(_position) == true)
                    Keep(checkpoints);
            }

            // Resumed after the last epoch, without comparable validations.
            if (_position.Epoch > _options.Epochs && validation.IsMissing && !_lastValidationFailed)
                watch.Validated(Validate(parts, _position.Epoch - 1));
            _run.Cancel.ThrowIfCancellationRequested();
            RequireFiniteWeights(checkpoints); // after a stop within an epoch; the last checkpoint must be usable
        }
        catch (Exception e)
        {
            // A write failure is reported through progress; the caller receives the cancellation.
            if (e is OperationCanceledException && _run.Cancel.IsCancellationRequested && _trainer.IsFinite)
                checkpoints?.Write(_position);
            watch.Failed(e);
            if (e is not TrainingDivergedException || !validation.HoldsBest)
                throw;
            validation.Conclude(); // keep the best generator and discard the diverged one
            return Summary() with { EndReason = EndReason.Diverged };
        }

        Exception? error = null;
        try
        {
            error = checkpoints is null ? null : Keep(checkpoints);
        }
        catch (Exception e)
        {
            error = e; // thrown by the receiver of checkpoint progress
        }

        var summary = Summary();
        watch.Finished(summary);
        validation.Conclude();
        return error is null ? summary : throw new CheckpointException(error, summary);

        TrainingSummary Summary() => clock.Summary(_position, _last?.Losses.Read() ?? default, get_num_threads(), validation);
    }

    private bool HasStepsLeft(ValidationRun validation)
        => _position.Epoch <= _options.Epochs && !_run.Stop.IsCancellationRequested && !validation.IsExhausted;

    private void Epoch(Parts parts, CancellationToken ended)
    {
        try
        {
            foreach (var batch in parts.Clock.Timed(parts.Batches.Epoch(_position.Epoch, _position.Batch, ended), ended))
            {
                using var owned = batch;
                _run.Cancel.ThrowIfCancellationRequested();
                if (_run.Stop.IsCancellationRequested)
                    break;
                Step(batch, parts);
                if (parts.Checkpoints?.IsDueAfterStep() != true)
                    continue;
                Report(parts);
                Keep(parts.Checkpoints);
            }

            Report(parts);
        }
        catch (Exception e) when (e is not TrainingDivergedException)
        {
            ReportRest(parts);
            throw;
        }
    }

    private void Step(PairBatch batch, Parts parts)
    {
        var rate = parts.Schedule.At(_position.Step);
        var losses = _trainer.Step(batch.Input, batch.Target, rate);
        var endsEpoch = _position.Batch + 1 == parts.Clock.StepsOfEpoch;
        if (_unread.AreDue || endsEpoch || parts.Checkpoints?.IsDueAfterStep() == true)
            losses.Read(); // before StepDone: waiting for the device counts as step time
        _position = parts.Clock.StepDone(_position, batch.Rows.Length);
        _unread.Add(new PendingStep(_position, rate, batch, losses));
        if (losses.AreRead)
            Report(parts);
    }

    // Reports all pending steps.
    private void Report(Parts parts)
    {
        while (_unread.Next() is { } step)
            Report(step, parts, validates: true);
    }

    // Reports the steps that were completed before a failure, so that no checkpoint contains a step with unchecked losses. The caller
    // receives the first failure, unless the training diverged before it. A completed epoch is validated when the training is resumed.
    private void ReportRest(Parts parts)
    {
        while (_unread.Next() is { } step)
        {
            try
            {
                Report(step, parts, validates: false);
            }
            catch (Exception e) when (e is not TrainingDivergedException)
            {
            }
        }
    }

    private void Report(PendingStep step, Parts parts, bool validates)
    {
        using var losses = step.Losses;
        var read = losses.Read();
        _last = step;
        if (!read.AreFinite)
            throw Diverged(parts.Checkpoints);

        var progress = parts.Clock.After(step.Position, read, step.LearningRate);
        if (progress.EndsEpoch)
        {
            RequireFiniteWeights(parts.Checkpoints);
            progress = progress with { Validation = validates ? ValidateAfter(progress, parts) : null };
        }

        progress = parts.Watch.After(progress); // even without a progress receiver
        _run.Progress?.Report(progress);
    }

    // After the last step, a validation that fails, for example for lack of memory, must not discard the training.
    private ValidationScores? ValidateAfter(TrainingProgress progress, Parts parts)
    {
        try
        {
            return Validate(parts);
        }
        catch (Exception e) when (progress.Step == progress.Steps && e is not (TrainingDivergedException or OperationCanceledException))
        {
            _lastValidationFailed = true;
            parts.Watch.LastValidationFailed(e);
            return null;
        }
    }

    private ValidationScores? Validate(Parts parts)
        => !_lastValidationFailed && parts.Validation.IsDue(_position.Epoch) ? Validate(parts, _position.Epoch) : null;

    private ValidationScores Validate(Parts parts, int epoch)
        => parts.Clock.Validating(() => parts.Validation.Validate(epoch)) ?? throw Diverged(parts.Checkpoints);

    // Writes no checkpoint with non-finite weights: it would replace good ones.
    private IOException? Keep(Checkpointer checkpoints)
    {
        RequireFiniteWeights(checkpoints);
        return checkpoints.Write(_position);
    }

    private void RequireFiniteWeights(Checkpointer? checkpoints)
    {
        if (!_trainer.IsFinite)
            throw Diverged(checkpoints);
    }

    private TrainingDivergedException Diverged(Checkpointer? checkpoints) => new(
        (_last?.Position ?? _position).Step,
        _last?.Losses.Read() ?? default,
        _last?.LearningRate ?? 0,
        _last?.Batch,
        checkpoints?.Newest);

    /// <summary>The components of a run.</summary>
    private sealed record Parts(
        BatchReader Batches,
        TrainingClock Clock,
        LearningRateSchedule Schedule,
        ValidationRun Validation,
        Checkpointer? Checkpoints,
        TrainingMonitor Watch);
}
