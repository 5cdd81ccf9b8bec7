using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Training;

/// <summary>The epochs of a training: data in, steps, and all that happens between them.</summary>
internal sealed class TrainingLoop
{
    private readonly Pix2PixTrainer _trainer;
    private readonly IPairSource _pairs;
    private readonly TrainingRun _run;
    private readonly TrainingOptions _options;

    public TrainingLoop(Pix2PixTrainer trainer, IPairSource pairs, TrainingRun run)
    {
        _trainer = trainer;
        _pairs = pairs;
        _run = run;
        _options = trainer.Options;
    }

    /// <summary>Trains for the epochs of the options.</summary>
    public TrainingSummary Run()
    {
        var clock = new TrainingClock(_options, _pairs.Count, _run.Clock);
        var schedule = LearningRateSchedule.Create(_options, clock.Steps);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_run.Stop, _run.Cancel);
        using var batches = new BatchReader(_pairs, _trainer.Generator.Options, _options, _trainer.Device);
        var losses = default(StepLosses);
        var done = 0L;
        for (var epoch = 1; epoch <= _options.Epochs && !_run.Stop.IsCancellationRequested; epoch++)
        {
            foreach (var batch in clock.Timed(batches.Epoch(epoch, firstBatch: 0, ended.Token), ended.Token))
            {
                using var owned = batch;
                _run.Cancel.ThrowIfCancellationRequested();
                if (_run.Stop.IsCancellationRequested)
                    break;

                var rate = schedule.At(done);
                losses = _trainer.Step(batch.Input, batch.Target, rate);
                done++;
                if (!losses.AreFinite)
                    throw new TrainingDivergedException(done, losses, rate);
                _run.Progress?.Report(clock.After(epoch, done, batch.Rows.Length, losses, rate));
            }
        }

        _run.Cancel.ThrowIfCancellationRequested();
        return clock.Summary(done, losses, get_num_threads());
    }
}
