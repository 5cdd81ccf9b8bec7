using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests;

/// <summary>What a training reports, and how it is stopped.</summary>
[Collection(TorchCollection.Name)]
public class TrainingProgressTests
{
    [Fact]
    public void Run_Null_NamesWhatIsMissing()
    {
        Assert.Equal("Clock", Assert.Throws<ArgumentNullException>(() => new TrainingRun { Clock = null! }).ParamName);
        Assert.Equal("Validation", Assert.Throws<ArgumentNullException>(() => new TrainingRun { Validation = null! }).ParamName);
        Assert.Equal("Inference", Assert.Throws<ArgumentNullException>(() => new TrainingRun { Inference = null! }).ParamName);
    }

    [Fact]
    public void Train_FivePairsInBatchesOfTwo_UsesTheLastOne()
    {
        using var trainer = TinyTraining.Trainer();
        var progress = new ProgressList();

        var summary = trainer.Train(TinyTraining.Pairs(5), new() { Progress = progress });

        var reports = progress.Reports;
        Assert.Equal([1, 1, 1, 2, 2, 2], reports.Select(r => r.Epoch));
        Assert.Equal([1, 2, 3, 4, 5, 6], reports.Select(r => r.Step));
        Assert.Equal([2, 4, 5, 7, 9, 10], reports.Select(r => r.PairsSeen));
        Assert.All(reports, r => Assert.Equal((2, 6), (r.Epochs, r.Steps)));
        Assert.Equal([3, 6], reports.Where(r => r.EndsEpoch).Select(r => r.Step));
        Assert.Equal((6, 6, 5), (summary.Steps, summary.PlannedSteps, summary.Pairs));
        Assert.False(summary.Stopped);
        Assert.Equal(reports[^1].Losses, summary.LastLosses);
    }

    [Fact]
    public void Resumed_MoreTimeLeftThanATimeSpanHas_IsTheLongest()
    {
        var clock = new TrainingClock(
            new() { Epochs = 1_000_000 }, 1_000_000, TimeProvider.System, new() { Epoch = 1, Step = 1, Elapsed = TimeSpan.FromDays(100) });
        Assert.Equal(TimeSpan.MaxValue, clock.Resumed!.Remaining);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(7, 7)]
    public void Train_Seed_IsInTheSummary(int? seed, int expected)
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Seed = seed });
        Assert.Equal(expected, trainer.Train(TinyTraining.Pairs(1), new() { StopTraining = new(canceled: true) }).Seed);
    }

    [Fact]
    public void Train_DefaultDecay_LowersTheRateInTheSecondHalf()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { LearningRate = 0.004 });
        var progress = new ProgressList();
        trainer.Train(TinyTraining.Pairs(5), new() { Progress = progress });
        double[] expected = [0.004, 0.004, 0.004, 0.003, 0.002, 0.001];
        Assert.All(progress.Reports.Zip(expected), p => Assert.Equal(p.Second, p.First.LearningRate, 1e-15));
    }

    [Fact]
    public void Train_SteadyClock_ReportsTimeDoneAndLeft()
    {
        using var trainer = TinyTraining.Trainer();
        var progress = new ProgressList();

        var summary = trainer.Train(TinyTraining.Pairs(5), new() { Progress = progress, Clock = new SteadyTime() });

        // The clock is read three times per step: when the batch is requested, when it is ready, and after the step.
        Assert.Equal([30, 60, 90, 130, 160, 190], progress.Reports.Select(r => r.Elapsed.TotalSeconds));
        Assert.Equal([10, 20, 30, 40, 50, 60], progress.Reports.Select(r => r.DataTime.TotalSeconds));
        Assert.Equal([10, 20, 30, 40, 50, 60], progress.Reports.Select(r => r.StepTime.TotalSeconds));
        Assert.Equal([150, 120, 90, 65, 32, 0], progress.Reports.Select(r => r.Remaining.TotalSeconds));
        Assert.Equal((210, 60, 60), (summary.Elapsed.TotalSeconds, summary.DataTime.TotalSeconds, summary.StepTime.TotalSeconds));
    }

    [Fact]
    public void Train_StoppedWhileItWaitsForPairs_EndsWithoutThem()
    {
        using var stop = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer();
        var fresh = TinyTraining.Weights(trainer);

        var summary = trainer.Train(new Endless(stop), new() { StopTraining = stop.Token });

        Assert.Equal(0, summary.Steps);
        Assert.True(summary.Stopped);
        Assert.Equal(fresh, TinyTraining.Weights(trainer));
    }

    [Fact]
    public void Train_CanceledWhileItWaitsForPairs_Throws()
    {
        using var cancel = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer();
        var error = Assert.Throws<OperationCanceledException>(() => trainer.Train(new Endless(cancel), new() { CancellationToken = cancel.Token }));
        Assert.Equal(cancel.Token, error.CancellationToken);
    }

    [Fact]
    public void Train_SourceFailsInTheSecondEpoch_ThrowsItsException()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { ShuffleWindow = 1 });
        var progress = new ProgressList();

        var error = Assert.Throws<IOException>(() => trainer.Train(new SecondTimeFaulty(), new() { Progress = progress }));

        Assert.Equal("gone", error.Message);
        Assert.Equal([1, 1, 2], progress.Reports.Select(r => r.Epoch)); // the pairs before the failure were used
    }

    [Fact]
    public void Train_Stopped_EndsAfterTheCurrentStepAndKeepsTheTrainedWeights()
    {
        using var source = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer();
        var fresh = TinyTraining.Weights(trainer);
        var progress = new ProgressList(r =>
        {
            if (r.Step == 4)
                source.Cancel();
        });

        var summary = trainer.Train(TinyTraining.Pairs(5), new() { Progress = progress, StopTraining = source.Token });

        Assert.Equal((4, 6), (summary.Steps, summary.PlannedSteps));
        Assert.True(summary.Stopped);
        Assert.Equal(4, progress.Reports.Count);
        Assert.Equal(progress.Reports[^1].Losses, summary.LastLosses);
        Assert.NotEqual(fresh, TinyTraining.Weights(trainer));
        Assert.Equal(4, trainer.GeneratorAdam.Steps);
    }

    [Fact]
    public void Train_StoppedBeforehand_DoesNothing()
    {
        using var trainer = TinyTraining.Trainer();
        var fresh = TinyTraining.Weights(trainer);
        var summary = trainer.Train(TinyTraining.Pairs(5), new() { StopTraining = new CancellationToken(canceled: true) });
        Assert.Equal((0, default), (summary.Steps, summary.LastLosses));
        Assert.True(summary.Stopped);
        Assert.Equal(fresh, TinyTraining.Weights(trainer));
    }

    [Fact]
    public void Train_Canceled_ThrowsAfterTheCurrentStep()
    {
        using var source = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer();
        var progress = new ProgressList(r =>
        {
            if (r.Step == 2)
                source.Cancel();
        });

        var error = Assert.Throws<OperationCanceledException>(
            () => trainer.Train(TinyTraining.Pairs(5), new() { Progress = progress, CancellationToken = source.Token }));

        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Equal(2, progress.Reports.Count);
    }

    [Fact]
    public void Train_CanceledInTheLastStep_ThrowsToo()
    {
        using var source = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer();
        var progress = new ProgressList(r =>
        {
            if (r.Step == r.Steps)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => trainer.Train(TinyTraining.Pairs(2), new() { Progress = progress, CancellationToken = source.Token }));
    }

    /// <summary>Runs an action that ends the training, and then blocks until it is canceled.</summary>
    private sealed class Endless(CancellationTokenSource end) : IPairSource
    {
        public int Count => 4;

        public IEnumerable<ImagePair> Read(CancellationToken cancel)
        {
            end.Cancel();
            cancel.WaitHandle.WaitOne();
            cancel.ThrowIfCancellationRequested();
            yield break;
        }
    }

    private sealed class SecondTimeFaulty : IPairSource
    {
        private readonly ImagePairs _pairs = TinyTraining.Pairs(4);
        private int _readings;

        public int Count => 4;

        public IEnumerable<ImagePair> Read(CancellationToken cancel)
        {
            _readings++;
            for (var i = 0; i < Count; i++)
            {
                if (_readings == 2 && i == 3)
                    throw new IOException("gone");
                yield return _pairs[i];
            }
        }
    }
}
