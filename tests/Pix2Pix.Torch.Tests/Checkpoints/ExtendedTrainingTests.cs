using Pix2Pix.Torch.Checkpoints;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Trainings that are continued for more epochs than were planned at first.</summary>
[Collection(TorchCollection.Name)]
public sealed class ExtendedTrainingTests : IDisposable
{
    private static readonly TrainingOptions Long = CheckpointedTraining.Options with { Epochs = 4, Schedule = new() { DecayShare = 0 } };

    private readonly TemporaryFolder _folder = new();

    private CheckpointOptions Here => new() { Folder = _folder.Path };

    public void Dispose() => _folder.Dispose();

    /// <summary>Finished, in the middle of an epoch, and between two.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(4)]
    [InlineData(3)]
    public void Train_MoreEpochsAtAConstantRate_GivesTheBitsOfTheLongTraining(int? stopAfter)
    {
        CheckpointedTraining.Run(Here, stopAfter, Long with { Epochs = 2 });

        var extended = CheckpointedTraining.Run(Here, options: Long);

        Assert.Equal(CheckpointedTraining.Run(options: Long).Bits, extended.Bits);
        Assert.Equal(["Training.Epochs: 2 in the checkpoint, 4 now"], extended.Reports[0].Differences);
        Assert.Equal((stopAfter ?? 6, 12, 12), (extended.Summary.ResumedSteps, extended.Summary.Steps, extended.Summary.PlannedSteps));
    }

    [Theory]
    [InlineData("image pool and average")]
    [InlineData("step schedule")]
    [InlineData("gradient penalty")]
    public void Train_MoreEpochsOfAVariant_GivesTheBitsOfTheLongTraining(string variant)
    {
        var (options, discriminator) = variant switch
        {
            "image pool and average" => (Long with { ImagePool = 3, AverageDecay = 0.9 }, TinyTraining.Discriminator),
            "step schedule" => (Long with { Schedule = new() { Kind = ScheduleKind.Step, StepEpochs = 1 } }, TinyTraining.Discriminator),
            _ => (
                Long with { Losses = new() { Adversarial = AdversarialKind.WassersteinGradientPenalty } },
                TinyTraining.Discriminator with { Norm = NormKind.Instance }),
        };
        CheckpointedTraining.Run(Here, options: options with { Epochs = 2 }, discriminator: discriminator);

        var extended = CheckpointedTraining.Run(Here, options: options, discriminator: discriminator);

        Assert.Equal(CheckpointedTraining.Run(options: options, discriminator: discriminator).Bits, extended.Bits);
    }

    /// <summary>The rate is that of the new number of epochs at the current epoch.</summary>
    [Theory]
    [InlineData(ScheduleKind.Linear)]
    [InlineData(ScheduleKind.Cosine)]
    public void Train_MoreEpochsWithADecay_FollowsTheScheduleOfTheNewOptions(ScheduleKind kind)
    {
        var options = Long with { Schedule = new() { Kind = kind } };
        CheckpointedTraining.Run(Here, options: options with { Epochs = 2 });

        var extended = CheckpointedTraining.Run(Here, options: options);

        Assert.Equal(
            CheckpointedTraining.Run(options: options).Progress.Skip(6).Select(p => p.LearningRate), extended.Progress.Select(p => p.LearningRate));
    }

    [Fact]
    public void Train_ExtendedTwiceWithAReport_ContinuesItsCurves()
    {
        using var report = new TemporaryFolder();
        foreach (var epochs in (int[])[1, 2, 4])
        {
            var options = Long with { Epochs = epochs };
            using var trainer = TinyTraining.Trainer(options, CheckpointedTraining.Generator);
            trainer.Train(
                TinyTraining.Pairs(5, options, CheckpointedTraining.Generator), new() { Checkpoints = Here, Report = new() { Folder = report.Path } });
        }

        Assert.Equal(Enumerable.Range(1, 12).Select(step => $"{step}"), File.ReadLines(report.File("losses.csv")).Skip(1).Select(l => l.Split(',')[0]));
        Assert.Equal(
            ["epoch-0001.png", "epoch-0002.png", "epoch-0003.png", "epoch-0004.png"],
            Directory.GetFiles(report.File("samples"), "epoch-*.png").Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Train_BestCheckpointExtended_GoesOnFromIt()
    {
        CheckpointedTraining.Run(Here, options: Long with { Epochs = 2 });
        File.Move(_folder.File("checkpoint-000000006.safetensors"), _folder.File(CheckpointFolder.BestName));
        File.Delete(_folder.File("checkpoint-000000003.safetensors"));

        Assert.Equal(CheckpointedTraining.Run(options: Long).Bits, CheckpointedTraining.Run(Here, options: Long).Bits);
    }
}
