using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Tests.Checkpoints;

namespace Pix2Pix.Torch.Tests;

/// <summary>
/// Trainings that read losses some steps late, as on CUDA: only the time of the reports may depend on it.
/// </summary>
[Collection(TorchCollection.Name)]
public class PendingStepsTests
{
    private static readonly TrainingRun Late = new() { BetweenReads = TimeSpan.MaxValue };

    [Fact]
    public void Train_LossesReadLate_ReportsAndTrainsIdentically()
    {
        var (reports, summary, weights) = Trained(TrainingRun.Default);
        var (late, lateSummary, lateWeights) = Trained(Late);

        Assert.Equal(reports, late);
        Assert.Equal(summary.LastLosses, lateSummary.LastLosses);
        Assert.Equal(weights, lateWeights);
    }

    [Fact]
    public void Train_LossesReadLate_ContinuesWithStepsUntilTheEpochEnds()
    {
        using var trainer = TinyTraining.Trainer();
        List<(long Told, long Done)> steps = [];
        var progress = new ProgressList(report => steps.Add((report.Step, trainer.GeneratorAdam.Steps)));

        trainer.Train(TinyTraining.Pairs(5), Late with { Progress = progress });

        Assert.Equal([(1, 3), (2, 3), (3, 3), (4, 6), (5, 6), (6, 6)], steps);
    }

    [Fact]
    public void Train_SomeTimeBetweenReads_ReadsWhenItIsOver()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 1, BatchSize = 1 });
        List<(long Told, long Done)> steps = [];
        var progress = new ProgressList(report => steps.Add((report.Step, trainer.GeneratorAdam.Steps)));

        // The clock advances by ten seconds per reading, with four readings per step: 40, 80 and then 110 seconds pass.
        trainer.Train(
            TinyTraining.Pairs(6), new() { Progress = progress, BetweenReads = TimeSpan.FromSeconds(100), Clock = new SteadyTime() });

        Assert.Equal([(1, 3), (2, 3), (3, 3), (4, 6), (5, 6), (6, 6)], steps);
    }

    [Fact]
    public void Train_DivergedAtAnEarlierStep_NamesThatStepAndItsRows()
    {
        var (reports, error) = Diverged(TrainingRun.Default);
        var (late, lateError) = Diverged(Late);

        Assert.Equal(error.Message, lateError.Message);
        Assert.Equal((2, error.Rows.Single()), (lateError.Step, lateError.Rows.Single()));
        Assert.Contains("The learning rate was 0.0002; ", lateError.Message);
        Assert.Equal(reports, late);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_EndedWithinAnEpoch_ReportsAllStepsDone(bool canceled)
    {
        using var end = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { BatchSize = 1 });
        var progress = new ProgressList();
        var run = Late with { Progress = progress, Clock = new EndingTime(end, reading: 10) };

        if (canceled)
            Assert.Throws<OperationCanceledException>(() => trainer.Train(TinyTraining.Pairs(5), run with { CancellationToken = end.Token }));
        else
            trainer.Train(TinyTraining.Pairs(5), run with { StopTraining = end.Token });

        Assert.InRange(progress.Reports.Count, 1, 4);
        Assert.Equal(trainer.GeneratorAdam.Steps, progress.Reports.Count);
    }

    [Fact]
    public void Train_SourceFails_ReportsAllStepsDone()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { ShuffleWindow = 1, BatchSize = 1 });
        var progress = new ProgressList();
        Assert.Throws<IOException>(() => trainer.Train(new SixthPairFaulty(), Late with { Progress = progress }));

        Assert.InRange(progress.Reports.Count, 1, 5); // prefetched batches are not trained on after the failure
        Assert.Equal(trainer.GeneratorAdam.Steps, progress.Reports.Count);
    }

    [Fact]
    public void Train_CheckpointDue_ReportsAllStepsBeforeIt()
    {
        using var folder = new TemporaryFolder();
        using var trainer = TinyTraining.Trainer();
        List<string> events = [];
        var progress = new ProgressList(report => events.Add($"step {report.Step}"));
        var written = new ReportList(report => events.Add($"checkpoint {report.Step}"));

        trainer.Train(TinyTraining.Pairs(5), Late with
        {
            Progress = progress,
            Checkpoints = new() { Folder = folder.Path, Every = TimeSpan.FromSeconds(1), EveryEpochs = 0 },
            CheckpointProgress = written,
            Clock = new SteadyTime(),
        });

        // The last one is written at the end of the training, after its last epoch.
        Assert.Equal(
            [.. Enumerable.Range(1, 6).SelectMany(step => new[] { $"step {step}", $"checkpoint {step}" }), "checkpoint 6"], events);
    }

    /// <summary>A handler that cancels and throws while steps are pending does not leave unchecked steps behind.</summary>
    [Fact]
    public void Train_CanceledAndThrownAtAReport_ChecksAllStepsBeforeTheCheckpoint()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { BatchSize = 1 });
        var written = new ReportList();
        var progress = new ProgressList(_ =>
        {
            cancel.Cancel();
            cancel.Token.ThrowIfCancellationRequested();
        });

        Assert.Throws<OperationCanceledException>(() => trainer.Train(TinyTraining.Pairs(5), Late with
        {
            Progress = progress,
            CancellationToken = cancel.Token,
            ValidationSet = TestValidations.Pairs(1),
            Checkpoints = new() { Folder = folder.Path },
            CheckpointProgress = written,
        }));

        Assert.Equal([1, 2, 3, 4, 5], progress.Reports.Select(report => report.Step));
        Assert.All(progress.Reports, report => Assert.Null(report.Validation));
        Assert.Equal(5, Assert.Single(written.Reports).Step);
    }

    [Fact]
    public void Train_ReportFailsAfterTheSource_ThrowsWhatCameFirst()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { ShuffleWindow = 1, BatchSize = 1 });
        var progress = new ProgressList(_ => throw new InvalidOperationException("late"));

        var error = Assert.Throws<IOException>(() => trainer.Train(new SixthPairFaulty(), Late with { Progress = progress }));

        Assert.Equal("gone", error.Message);
        Assert.NotEmpty(progress.Reports);
    }

    [Fact]
    public void Train_LossesReadLate_EachReportHasTheTimeOfItsStep()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 1 });
        var progress = new ProgressList();

        trainer.Train(TinyTraining.Pairs(5), Late with { Progress = progress, Clock = new SteadyTime() });

        Assert.Equal([10, 20, 30], progress.Reports.Select(report => report.DataTime.TotalSeconds));
        var steps = progress.Reports.Select(report => report.StepTime.TotalSeconds).ToArray();
        Assert.True(steps[0] < steps[1] && steps[1] < steps[2], string.Join(", ", steps));
    }

    private static (TrainingProgress[] Reports, TrainingSummary Summary, float[] Weights) Trained(TrainingRun run)
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { AverageDecay = 0.9 });
        var progress = new ProgressList();
        var summary = trainer.Train(TinyTraining.Pairs(5), run with { Progress = progress, ValidationSet = TestValidations.Pairs(2) });
        return ([.. progress.Reports.Select(Untimed)], summary, TinyTraining.Weights(trainer));
    }

    private static (TrainingProgress[] Reports, TrainingDivergedException Error) Diverged(TrainingRun run)
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { BatchSize = 1 });
        trainer.GeneratorAdam.SecondMoment.fill_(double.NaN); // the losses of the first step precede its update
        var progress = new ProgressList();
        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Train(TinyTraining.Pairs(5), run with { Progress = progress }));
        return ([.. progress.Reports.Select(Untimed)], error);
    }

    private static TrainingProgress Untimed(TrainingProgress report)
        => report with { Elapsed = default, DataTime = default, StepTime = default, Remaining = default, Hints = [] };

    /// <summary>A clock that runs an action when it has been read a number of times.</summary>
    private sealed class EndingTime(CancellationTokenSource end, int reading) : TimeProvider
    {
        private int _readings;

        public override long GetTimestamp()
        {
            _readings++;
            if (_readings == reading)
                end.Cancel();
            return _readings;
        }
    }

    private sealed class SixthPairFaulty : IPairSource
    {
        private readonly ImagePairs _pairs = TinyTraining.Pairs(6);

        public int Count => 6;

        public IEnumerable<ImagePair> Read(CancellationToken cancel)
        {
            for (var i = 0; i < Count - 1; i++)
                yield return _pairs[i];
            throw new IOException("gone");
        }
    }
}
