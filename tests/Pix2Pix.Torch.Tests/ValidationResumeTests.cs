using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>Validated trainings that are resumed from a checkpoint end bit-identically to uninterrupted ones.</summary>
[Collection(TorchCollection.Name)]
public sealed class ValidationResumeTests : IDisposable
{
    private static readonly TrainingOptions Options = TinyTraining.Options with
    {
        Epochs = 8,
        LearningRate = 0.01,
        AverageDecay = 0.8,
        Schedule = new() { Kind = ScheduleKind.Plateau, Patience = 1, Factor = 0.5 },
        Statistics = NormStatistics.Running,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1, null)]
    [InlineData(4, null)] // in the middle of an epoch of three steps
    [InlineData(6, null)] // at the end of one, after its validation
    [InlineData(11, null)]
    [InlineData(7, 2)]
    public void Train_CanceledAndResumed_GivesTheBitsOfAnUninterruptedOne(int step, int? patience)
    {
        var rates = new ProgressList();
        var undisturbed = Train(progress: rates, patience: patience);
        Assert.Equal(patience is null ? EndReason.Finished : EndReason.EarlyStopping, undisturbed.Summary.EndReason);
        Assert.True(rates.Reports[^1].LearningRate < Options.LearningRate);

        using (var cancel = new CancellationTokenSource())
        {
            var progress = new ProgressList(report =>
            {
                if (report.Step == step)
                    cancel.Cancel();
            });
            Assert.Throws<OperationCanceledException>(() => Train(checkpoints: true, cancel.Token, progress, patience));
        }

        var resumed = Train(checkpoints: true, patience: patience);

        AssertSame(undisturbed, resumed);
    }

    [Fact]
    public void Train_CanceledWithinAValidation_RepeatsIt()
    {
        var undisturbed = Train();
        using (var cancel = new CancellationTokenSource())
        {
            // After the last step of the second epoch; the validation is the next to check the token.
            var clock = new CancellingClock(cancel, steps: 6);
            var progress = new ProgressList();
            Assert.Throws<OperationCanceledException>(() => Train(checkpoints: true, cancel.Token, progress, clock: clock));
            Assert.Equal(5, progress.Reports[^1].Step);
            Assert.Equal("checkpoint-000000006.safetensors", Path.GetFileName(CheckpointFolder.NewestFirst(_folder.FullName)[0]));
        }

        var resumed = Train(checkpoints: true);

        AssertSame(undisturbed, resumed);
    }

    [Fact]
    public void Train_ResumedWhenAllIsDone_HasTheSameGeneratorAgain()
    {
        var first = Train(checkpoints: true);
        var again = Train(checkpoints: true);
        AssertSame(first, again);
    }

    [Fact]
    public void Train_BestEpochIsNotTheLast_IsInAFileOfItsOwn()
    {
        var trained = Train(checkpoints: true);
        using var file = SafeTensorsFile.Open(Path.Combine(_folder.FullName, "best.safetensors"));
        using var trainer = TinyTraining.Trainer(Options);
        using var scope = NewDisposeScope();

        float[] best = [.. trainer.GeneratorState.Named().SelectMany(t => Tensors.Floats(file.Read($"validation.best.{t.Name}", CPU)))];

        Assert.Equal(trained.Generator, best);
    }

    /// <summary>Scores of other pairs, of another translation or by another metric are not comparable with the old ones.</summary>
    [Theory]
    [InlineData("other pairs", 0)]
    [InlineData("fewer pairs", 0)]
    [InlineData("MaxPairs", 0)]
    [InlineData("Inference", 0)]
    [InlineData("Metric", 0)]
    [InlineData("KeepBest", 0)] // the weights of the best epoch were not kept
    [InlineData("Patience", 4)]
    [InlineData("EveryEpochs", 4)]
    public void Train_ResumedWithOtherOptions_KeepsOnlyWhatIsComparable(string what, int kept)
    {
        using (var cancel = new CancellationTokenSource())
        {
            var progress = new ProgressList(report =>
            {
                if (report.Step == 13) // in the fifth epoch
                    cancel.Cancel();
            });
            Assert.Throws<OperationCanceledException>(() => Train(
                checkpoints: true,
                cancel.Token,
                progress,
                change: run => run with { Validation = new() { KeepBest = what != "KeepBest" } }));
        }

        var rates = new ProgressList();
        var resumed = Train(checkpoints: true, progress: rates, change: run => what switch
        {
            "other pairs" => run with { ValidationSet = ValidationPairs(3, seed: 90) },
            "fewer pairs" => run with { ValidationSet = ValidationPairs(2) },
            "MaxPairs" => run with { Validation = new() { MaxPairs = 2 } },
            "Inference" => run with { Inference = new() { Statistics = NormStatistics.Running } },
            "Metric" => run with { Validation = new() { Metric = ValidationMetric.Ssim } },
            "Patience" => run with { Validation = new() { Patience = 100 } },
            "EveryEpochs" => run with { Validation = new() { EveryEpochs = 2 } },
            _ => run,
        });

        Assert.Equal(kept == 0 ? 5 : 1, resumed.Summary.Validations[0].Epoch);
        Assert.Equal(kept, resumed.Summary.Validations.Count(scores => scores.Epoch < 5));
        Assert.True(resumed.Summary.Validations[0].IsBest);
        Assert.Equal(kept > 0 || what == "KeepBest", rates.Reports[0].LearningRate < Options.LearningRate);
    }

    [Fact]
    public void Train_ResumedByAnotherMetricWhenAllIsDone_ValidatesOnce()
    {
        Train(checkpoints: true);
        var again = Train(checkpoints: true, change: run => run with { Validation = new() { Metric = ValidationMetric.Ssim } });

        var scores = Assert.Single(again.Summary.Validations);
        Assert.Equal((8, true), (scores.Epoch, scores.IsBest));
        Assert.Equal(scores.Statistics, again.Summary.Statistics);
        Assert.Equal(EndReason.Finished, again.Summary.EndReason);
    }

    private static ImagePairs ValidationPairs(int count, int seed = 50)
    {
        var pairs = ImagePairs.ForValidation(TinyTraining.Generator, Options);
        for (var i = 0; i < count; i++)
            pairs.Add(TestImages.Random(32, 32, seed: seed + i), TestImages.Constant(32, 32, 128));
        return pairs;
    }

    private static void AssertSame(Result expected, Result actual)
    {
        Assert.Equal(expected.Summary.Validations, actual.Summary.Validations);
        Assert.Equal(expected.Summary.EndReason, actual.Summary.EndReason);
        Assert.Equal(expected.Summary.Statistics, actual.Summary.Statistics);
        Assert.Equal(expected.Generator, actual.Generator);
        Assert.Equal(expected.Networks, actual.Networks);
    }

    private Result Train(
        bool checkpoints = false,
        CancellationToken cancel = default,
        ProgressList? progress = null,
        int? patience = null,
        CancellingClock? clock = null,
        Func<TrainingRun, TrainingRun>? change = null)
    {
        using var trainer = TinyTraining.Trainer(Options);
        clock?.Trainer = trainer;
        var run = new TrainingRun
        {
            CancellationToken = cancel,
            Progress = progress,
            Clock = (TimeProvider?)clock ?? TimeProvider.System,
            ValidationSet = ValidationPairs(3),
            Validation = new() { Patience = patience },
            Inference = new() { Statistics = NormStatistics.Auto },
            Checkpoints = checkpoints ? new() { Folder = _folder.FullName } : null,
        };
        var summary = trainer.Train(TinyTraining.Pairs(5), change?.Invoke(run) ?? run);
        return new Result(
            summary, [.. trainer.GeneratorState.Named().SelectMany(t => Tensors.Floats(t.Tensor))], TinyTraining.Weights(trainer));
    }

    /// <summary>Cancels at the first reading after a number of steps.</summary>
    private sealed class CancellingClock(CancellationTokenSource cancel, long steps) : TimeProvider
    {
        public Pix2PixTrainer? Trainer { get; set; }

        public override long GetTimestamp()
        {
            if (Trainer?.GeneratorAdam.Steps == steps)
                cancel.Cancel();
            return base.GetTimestamp();
        }
    }

    private sealed record Result(TrainingSummary Summary, float[] Generator, float[] Networks);
}
