using Pix2Pix.Torch.Checkpoints;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Trainings that end early and are resumed with a new trainer.</summary>
[Collection(TorchCollection.Name)]
public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private CheckpointOptions Here => new() { Folder = _folder.Path };

    public void Dispose() => _folder.Dispose();

    /// <summary>Stops within and between epochs; in the third epoch, each step has a different learning rate.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void Train_StoppedAfterAnyStep_ResumesBitIdentically(int step)
    {
        var undisturbed = CheckpointedTraining.Run();
        var first = CheckpointedTraining.Run(Here, stopAfter: step);
        Assert.NotEqual(undisturbed.Bits, first.Bits);

        var second = CheckpointedTraining.Run(Here);

        Assert.Equal(undisturbed.Bits, second.Bits);
        Assert.Equal((step, CheckpointedTraining.Steps), (second.Summary.ResumedSteps, second.Summary.Steps));
        Assert.Equal(undisturbed.Progress.Select(Lasting), first.Progress.Concat(second.Progress).Select(Lasting));
        Assert.True(second.Progress[0].StepTime > first.Progress[^1].StepTime); // accumulated
    }

    /// <summary>Options with random draws or state of their own: training resumes identically after each stop.</summary>
    [Theory]
    [InlineData("image pool")]
    [InlineData("gradient penalty")]
    [InlineData("discriminator augmentation")]
    [InlineData("bfloat16")]
    [InlineData("residual network, image statistics, two scales")]
    public void Train_VariantStoppedTwice_ResumesBitIdentically(string variant)
    {
        var options = CheckpointedTraining.Options;
        var (generator, discriminator) = (CheckpointedTraining.Generator, TinyTraining.Discriminator);
        (options, generator, discriminator) = variant switch
        {
            "image pool" => (options with { ImagePool = 3 }, generator, discriminator),
            "gradient penalty" => (
                options with { Losses = new() { Adversarial = AdversarialKind.WassersteinGradientPenalty } },
                generator,
                discriminator with { Norm = NormKind.Instance }),
            "discriminator augmentation" => (
                options with { DiscriminatorAugmentation = DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Cutout },
                generator,
                discriminator),
            "bfloat16" => (options with { Precision = TrainingPrecision.BFloat16 }, generator, discriminator),
            _ => (
                options with { Statistics = NormStatistics.Image },
                generator with { Kind = GeneratorKind.ResNet, ResidualBlocks = 2 },
                discriminator with { Scales = 2 }),
        };
        CheckpointedTraining.Outcome Run(CheckpointOptions? checkpoints, long? stopAfter)
            => CheckpointedTraining.Run(checkpoints, stopAfter, options, generator, discriminator);

        var undisturbed = Run(null, null);
        Run(Here, 2);
        Run(Here, 5);
        var resumed = Run(Here, null);

        Assert.Equal(undisturbed.Bits, resumed.Bits);
        Assert.Equal(undisturbed.Summary.LastLosses, resumed.Summary.LastLosses);
    }

    [Fact]
    public void Train_StoppedManyTimes_ResumesBitIdentically()
    {
        foreach (var step in (long[])[1, 2, 5, 7])
            CheckpointedTraining.Run(Here, stopAfter: step);
        Assert.Equal(CheckpointedTraining.Run().Bits, CheckpointedTraining.Run(Here).Bits);
    }

    /// <summary>Includes the gaps between parameters, which a checkpoint does not contain.</summary>
    [Fact]
    public void Train_CheckpointsAfterEachStep_ChangeNothing()
    {
        var outcome = CheckpointedTraining.Run(Here with { Every = TimeSpan.FromTicks(1), KeepLast = 3 });
        Assert.Equal(CheckpointedTraining.Run().Bits, outcome.Bits);
        Assert.Equal(
            ["checkpoint-000000009.safetensors", "checkpoint-000000008.safetensors", "checkpoint-000000007.safetensors"], _folder.Checkpoints);
        Assert.Equal([1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 9], outcome.Reports.Select(r => r.Step));
    }

    [Theory]
    [InlineData(1, new long[] { 3, 6, 9 })]
    [InlineData(2, new long[] { 6, 9 })] // and at the end
    [InlineData(0, new long[] { 9 })]
    public void Train_EveryNEpochs_WritesThenAndAtTheEnd(int epochs, long[] steps)
        => Assert.Equal(steps, CheckpointedTraining.Run(Here with { EveryEpochs = epochs }).Reports.Select(r => r.Step));

    [Fact]
    public void Train_EveryNSeconds_CountsFromTheLastOne()
    {
        var (_, reports) = Timed(Here with { EveryEpochs = 0, Every = TimeSpan.FromSeconds(25) }, stopAfter: 8);
        Assert.Equal([3, 6, 8], reports.Select(r => r.Step)); // and where training stopped
    }

    [Fact]
    public void Train_Canceled_KeepsTheCurrentStep()
    {
        using var cancel = new CancellationTokenSource();
        using (var trainer = TinyTraining.Trainer(CheckpointedTraining.Options, CheckpointedTraining.Generator))
        {
            var progress = new ProgressList(p =>
            {
                if (p.Step == 4)
                    cancel.Cancel();
            });
            Assert.Throws<OperationCanceledException>(() => trainer.Train(
                TinyTraining.Pairs(5, CheckpointedTraining.Options, CheckpointedTraining.Generator),
                new() { Checkpoints = Here, Progress = progress, CancellationToken = cancel.Token }));
        }

        Assert.Equal(["checkpoint-000000004.safetensors", "checkpoint-000000003.safetensors"], _folder.Checkpoints);
        Assert.Equal(CheckpointedTraining.Run().Bits, CheckpointedTraining.Run(Here).Bits);
    }

    [Fact]
    public void Train_Finished_DoesNothing()
    {
        var finished = CheckpointedTraining.Run(Here);
        var again = CheckpointedTraining.Run(Here);
        Assert.Equal(finished.Bits, again.Bits);
        Assert.Empty(again.Progress);
        Assert.Equal((9, 9, 9), (again.Summary.Steps, again.Summary.PlannedSteps, again.Summary.ResumedSteps));
        Assert.Equal([CheckpointEvent.Resumed], again.Reports.Select(r => r.Event));
    }

    [Fact]
    public void Train_StoppedBeforehand_WritesNothing()
    {
        using var trainer = TinyTraining.Trainer();
        trainer.Train(TinyTraining.Pairs(2), new() { Checkpoints = Here, StopTraining = new(canceled: true) });
        Assert.Empty(_folder.Checkpoints);
    }

    /// <summary>The elapsed time includes both runs; the remaining time follows from the speed of the second only.</summary>
    [Fact]
    public void Train_Resumed_CountsTheTimeBefore()
    {
        var (first, _) = Timed(Here, stopAfter: 5);
        Assert.Equal([0, 10, 20, 30, 40], first.Select(p => p.Elapsed.TotalSeconds));

        var (second, _) = Timed(Here, stopAfter: null);

        Assert.Equal([40, 50, 60, 70], second.Select(p => p.Elapsed.TotalSeconds));
        Assert.Equal([0, 10, 7, 0], second.Select(p => Math.Round(p.Remaining.TotalSeconds))); // 10 / 2 * 2, 20 / 3 * 1
    }

    [Fact]
    public void Train_ResumeNeverAndCheckpointsThere_OverwritesNone()
    {
        CheckpointedTraining.Run(Here, stopAfter: 4);
        var error = Assert.Throws<InvalidOperationException>(() => CheckpointedTraining.Run(Here with { Resume = ResumeMode.Never }));
        Assert.Equal(
            $"The folder '{_folder.Path}' contains checkpoints of a previous training run (checkpoint-000000004.safetensors), but " +
            "CheckpointOptions.Resume is Never. Choose another folder, delete the checkpoints, or set Resume to IfPresent to resume from " +
            "the newest.",
            error.Message);
    }

    [Fact]
    public void Train_ResumeRequiredAndNoneThere_ReportsIt()
    {
        var folder = _folder.File("none");
        var error = Assert.Throws<InvalidOperationException>(
            () => CheckpointedTraining.Run(new() { Folder = folder, Resume = ResumeMode.Require }));
        Assert.Equal(
            $"The folder '{folder}' contains no checkpoint to resume from, but CheckpointOptions.Resume is Require. Check the " +
            "folder, or set Resume to IfPresent to start over.",
            error.Message);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void ToResume_Checkpoints_IsTheNewest()
    {
        Assert.Null(CheckpointInfo.ToResume(Here));
        CheckpointedTraining.Run(Here, stopAfter: 4);
        Assert.Equal(new CheckpointInfo(_folder.File("checkpoint-000000004.safetensors"), 4, 2, 7), CheckpointInfo.ToResume(Here));
        Assert.Null(CheckpointInfo.ToResume(Here with { Resume = ResumeMode.Never }));

        File.WriteAllText(_folder.File("checkpoint-000000004.safetensors"), "");
        Assert.Throws<CheckpointException>(() => CheckpointInfo.ToResume(Here));
        Assert.Equal(3, CheckpointInfo.ToResume(Here with { AllowOlder = true })!.Step);
    }

    // Ten seconds pass between two steps.
    private static (List<TrainingProgress> Progress, List<CheckpointReport> Reports) Timed(CheckpointOptions checkpoints, long? stopAfter)
    {
        using var stop = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer(CheckpointedTraining.Options, CheckpointedTraining.Generator);
        var (clock, reports) = (new ManualClock(), new ReportList());
        var progress = new ProgressList(p =>
        {
            clock.Now += TimeSpan.FromSeconds(10);
            if (p.Step == stopAfter)
                stop.Cancel();
        });
        trainer.Train(
            TinyTraining.Pairs(5, CheckpointedTraining.Options, CheckpointedTraining.Generator),
            new() { Checkpoints = checkpoints, CheckpointProgress = reports, Progress = progress, Clock = clock, StopTraining = stop.Token });
        return (progress.Reports, reports.Reports);
    }

    // Everything that must be the same whether or not the training was interrupted.
    private static object Lasting(TrainingProgress p) => (p.Epoch, p.Epochs, p.Step, p.Steps, p.PairsSeen, p.Losses, p.LearningRate);
}
