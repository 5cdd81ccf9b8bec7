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
        var perEpoch = TrainingClock.BatchesPerEpoch(_options, _pairs.Count);
        using var checkpoints = Checkpointer.Open(_run, () => _trainer.Identity(_pairs, _run.Cancel), perEpoch);
        _position = checkpoints?.Start ?? _position;
        var clock = new TrainingClock(_options, _pairs.Count, _run.Clock, _position);
        var schedule = LearningRateSchedule.Create(_options, clock.Steps);
        checkpoints?.Restore(_trainer.States);
        using var batches = new BatchReader(_pairs, _trainer.Generator.Options, _options, _trainer.Device);

        try
        {
            while (_position.Epoch <= _options.Epochs && !_run.Stop.IsCancellationRequested)
            {
                Epoch(batches, clock, schedule, checkpoints);
                if (_position.Batch < perEpoch) // stopped within
                    break;
                _position = _position.NextEpoch();
                if (checkpoints?.IsDueAfterEpoch(_position) == true)
                    Keep(checkpoints);
            }

            _run.Cancel.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException) when (_run.Cancel.IsCancellationRequested)
        {
            if (_trainer.IsFinite)
                checkpoints?.Write(_position); // a failure is reported; that it was cancelled is what the caller waits for
            throw;
        }

        var summary = clock.Summary(_position, _losses, get_num_threads());
        return checkpoints is not null && Keep(checkpoints) is { } error ? throw new CheckpointException(error, summary) : summary;
    }

    private void Epoch(BatchReader batches, TrainingClock clock, LearningRateSchedule schedule, Checkpointer? checkpoints)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_run.Stop, _run.Cancel);
        foreach (var batch in clock.Timed(batches.Epoch(_position.Epoch, _position.Batch, ended.Token), ended.Token))
        {
            using var owned = batch;
            _run.Cancel.ThrowIfCancellationRequested();
            if (_run.Stop.IsCancellationRequested)
                break;

            _rate = schedule.At(_position.Step);
            _losses = _trainer.Step(batch.Input, batch.Target, _rate);
            _position = _position.After(batch.Rows.Length, clock.StepDone());
            if (!_losses.AreFinite)
                throw new TrainingDivergedException(_position.Step, _losses, _rate);
            _run.Progress?.Report(clock.After(_position, _losses, _rate));
            if (checkpoints?.IsDueAfterStep() == true)
                Keep(checkpoints);
        }
    }

    // What is not a number is not kept: it would push good checkpoints out.
    private IOException? Keep(Checkpointer checkpoints)
        => _trainer.IsFinite ? checkpoints.Write(_position) : throw new TrainingDivergedException(_position.Step, _losses, _rate);
}
