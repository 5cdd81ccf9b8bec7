using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Training;

/// <summary>The epochs of a training: data in, steps, and all that happens between them. It runs once.</summary>
internal sealed class TrainingLoop
{
    private readonly Pix2PixTrainer _trainer;
    private readonly IPairSource _pairs;
    private readonly TrainingRun _run;
    private readonly TrainingOptions _options;
    private TrainingPosition _position = TrainingPosition.Start;
    private StepLosses _losses;
    private double _rate;
    private PairBatch? _batch; // of the last step: its rows are of use when its tensors are gone

    public TrainingLoop(Pix2PixTrainer trainer, IPairSource pairs, TrainingRun run)
    {
        _trainer = trainer;
        _pairs = pairs;
        _run = run;
        _options = trainer.Options;
    }

    /// <summary>Trains for the epochs of the options, or for those that a checkpoint leaves to do.</summary>
    public TrainingSummary Run()
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_run.Stop, _run.Cancel);
        var perEpoch = TrainingClock.BatchesPerEpoch(_options, _pairs.Count);
        using var checkpoints = Checkpointer.Open(_run, () => _trainer.Identity(_pairs, _run), perEpoch);
        _position = checkpoints?.Start ?? _position;
        var clock = new TrainingClock(_options, _pairs.Count, _run.Clock, _position);
        var schedule = LearningRateSchedule.Create(_options, clock.Steps);
        using var validation = new ValidationRun(_trainer, _run, schedule);
        checkpoints?.Restore([.. _trainer.States, .. validation.States]);
        using var batches = new BatchReader(_pairs, _trainer.Generator.Options, _options, _trainer.Device);
        using var watch = new TrainingWatch(_trainer, _pairs, _run, clock, validation, ended.Token);

        try
        {
            while (_position.Epoch <= _options.Epochs && !_run.Stop.IsCancellationRequested && !validation.IsExhausted)
            {
                Epoch(batches, clock, schedule, validation, checkpoints, watch, ended.Token);
                if (_position.Batch < perEpoch) // stopped within
                    break;
                if (Validate(clock, validation, checkpoints) is { } late) // where the training went on just before it
                    watch.Validated(late);
                _position = _position.NextEpoch();
                if (_run.Validation.KeepBest && validation.Best?.Epoch == _position.Epoch - 1)
                    checkpoints?.WriteBest(_position);
                if (checkpoints?.IsDueAfterEpoch(_position) == true)
                    Keep(checkpoints);
            }

            _run.Cancel.ThrowIfCancellationRequested();
            RequireFiniteWeights(checkpoints); // stopped within an epoch: what is kept must be of use
        }
        catch (OperationCanceledException e) when (_run.Cancel.IsCancellationRequested)
        {
            if (_trainer.IsFinite)
                checkpoints?.Write(_position); // a failure is reported; that it was cancelled is what the caller waits for
            watch.Failed(e);
            throw;
        }
        catch (Exception e)
        {
            watch.Failed(e);
            throw;
        }

        var error = checkpoints is null ? null : Keep(checkpoints);
        var summary = clock.Summary(_position, _losses, get_num_threads(), validation);
        watch.Finished(summary);
        validation.Conclude();
        return error is null ? summary : throw new CheckpointException(error, summary);
    }

    private void Epoch(
        BatchReader batches,
        TrainingClock clock,
        LearningRateSchedule schedule,
        ValidationRun validation,
        Checkpointer? checkpoints,
        TrainingWatch watch,
        CancellationToken ended)
    {
        foreach (var batch in clock.Timed(batches.Epoch(_position.Epoch, _position.Batch, ended), ended))
        {
            using var owned = batch;
            _run.Cancel.ThrowIfCancellationRequested();
            if (_run.Stop.IsCancellationRequested)
                break;

            _batch = batch;
            _rate = schedule.At(_position.Step);
            _losses = _trainer.Step(batch.Input, batch.Target, _rate);
            _position = clock.StepDone(_position, batch.Rows.Length);
            if (!_losses.AreFinite)
                throw Diverged(checkpoints);

            var progress = clock.After(_position, _losses, _rate);
            if (progress.EndsEpoch)
            {
                RequireFiniteWeights(checkpoints);
                progress = progress with { Validation = Validate(clock, validation, checkpoints) };
            }

            progress = watch.After(progress);
            _run.Progress?.Report(progress);
            if (checkpoints?.IsDueAfterStep() == true)
                Keep(checkpoints);
        }
    }

    private ValidationScores? Validate(TrainingClock clock, ValidationRun validation, Checkpointer? checkpoints)
    {
        if (!validation.IsDue(_position.Epoch))
            return null;
        return clock.Validating(() => validation.Validate(_position.Epoch)) ?? throw Diverged(checkpoints);
    }

    // What is not a number is not kept: it would push good checkpoints out.
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

    private TrainingDivergedException Diverged(Checkpointer? checkpoints) => new(_position.Step, _losses, _rate, _batch, checkpoints?.Newest);
}
