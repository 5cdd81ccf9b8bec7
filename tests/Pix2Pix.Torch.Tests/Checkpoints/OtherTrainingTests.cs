using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Checkpoints of another training than the current one.</summary>
[Collection(TorchCollection.Name)]
public sealed class OtherTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OtherTrainingTests() => CheckpointedTraining.Run(Here, stopAfter: 4);

    private CheckpointOptions Here => new() { Folder = _folder.Path };

    private string Newest => _folder.File("checkpoint-000000004.safetensors");

    private static TrainingOptions Other => CheckpointedTraining.Options with { LearningRate = 0.001, Epochs = 4, Losses = new() { L1Weight = 10 } };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_OtherOptions_NamesAllDifferencesThatMatter()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => CheckpointedTraining.Run(
                Here, options: Other with { Seed = 8 }, generator: CheckpointedTraining.Generator with { Dropout = false }, pairs: 6));

        Assert.Matches(
            """
            ^The checkpoint '.*' belongs to a different training run:
              Generator.Dropout: true in the checkpoint, false now
              Training.Seed: 7 in the checkpoint, 8 now
              Pairs: 5 in the checkpoint, 6 now
              PairsChecksum: [0-9a-f]{32} in the checkpoint, [0-9a-f]{32} now
            Restore these options, choose another folder, or set CheckpointOptions.AllowOtherOptions to resume with the current options.$
            """,
            error.Message);
    }

    [Fact]
    public void Train_OptionsThatMayChange_GoesOnWithThemAndReportsThem()
    {
        using var threads = new ThreadCount(2);

        var outcome = CheckpointedTraining.Run(Here, options: Other);

        Assert.Equal([5, 6, 7, 8, 9, 10, 11, 12], outcome.Progress.Select(p => p.Step));
        Assert.Equal(0.001, outcome.Progress[0].LearningRate);
        Assert.Equal(
            $"""
            Resumed from {Newest} (NUMBERS). The result may differ from that of an uninterrupted training run, because these values have changed:
              Training.Epochs: 3 in the checkpoint, 4 now
              Training.LearningRate: 0.0002 in the checkpoint, 0.001 now
              Training.Losses.L1Weight: 100 in the checkpoint, 10 now
              Training.Threads: 1 in the checkpoint, 2 now
            """,
            outcome.Reports[0].ToString().Replace(outcome.Reports[0].ToString().Split('(', ')')[1], "NUMBERS"));
    }

    /// <summary>
    /// One of three batches of an epoch was completed; an epoch now has five, and starts over with its own order of pairs.
    /// </summary>
    [Fact]
    public void Train_OtherBatchSize_BeginsTheEpochAgain()
    {
        var outcome = CheckpointedTraining.Run(Here, options: CheckpointedTraining.Options with { BatchSize = 1 });

        Assert.Equal([.. Enumerable.Repeat(2, 5), .. Enumerable.Repeat(3, 5)], outcome.Progress.Select(p => p.Epoch));
        Assert.Equal(Enumerable.Range(5, 10).Select(i => (long)i), outcome.Progress.Select(p => p.Step));
        Assert.All(outcome.Progress, p => Assert.Equal(14, p.Steps));
        Assert.Equal((14, 14), (outcome.Summary.Steps, outcome.Summary.PlannedSteps));
        var rates = CheckpointedTraining.Run(options: CheckpointedTraining.Options with { BatchSize = 1 }).Progress.Select(p => p.LearningRate);
        Assert.Equal(rates.Skip(5), outcome.Progress.Select(p => p.LearningRate)); // those of the epochs, whatever steps came before
    }

    [Fact]
    public void Train_OtherShuffleWindow_BeginsTheEpochAgain()
    {
        var outcome = CheckpointedTraining.Run(Here, options: CheckpointedTraining.Options with { ShuffleWindow = 2 });
        Assert.Equal([2, 2, 2, 3, 3, 3], outcome.Progress.Select(p => p.Epoch));
    }

    [Fact]
    public void Train_FewerEpochsThanBegun_SaysSo()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => CheckpointedTraining.Run(Here, options: CheckpointedTraining.Options with { Epochs = 1 }));
        Assert.Equal(
            $"Training.Epochs is 1, but the checkpoint '{Newest}' has already reached epoch 2. Set Epochs to at least 2, choose another " +
            "folder, or set CheckpointOptions.AllowOtherOptions to get the checkpoint's model without further training.",
            error.Message);
        Assert.Equal(6, CheckpointedTraining.Run(Here, options: CheckpointedTraining.Options with { Epochs = 2 }).Summary.Steps);
    }

    [Fact]
    public void Train_FewerEpochsThanBegunAllowed_DoesNothing()
    {
        var outcome = CheckpointedTraining.Run(Here with { AllowOtherOptions = true }, options: CheckpointedTraining.Options with { Epochs = 1 });
        Assert.Empty(outcome.Progress);
        Assert.Equal((4, 4), (outcome.Summary.Steps, outcome.Summary.PlannedSteps));
    }

    [Fact]
    public void Train_OtherNetworks_AreRejectedInAnyCase()
    {
        var generator = CheckpointedTraining.Generator with { Filters = 3 };

        var error = Assert.Throws<InvalidOperationException>(
            () => CheckpointedTraining.Run(Here with { AllowOtherOptions = true }, generator: generator));

        Assert.StartsWith(
            $"The checkpoint '{Newest}' cannot be restored because its networks have different shapes:\n  generator.weights.", error.Message);
        Assert.Contains(" in the checkpoint, F32 3x3x4x4 now\n", error.Message);
        Assert.Contains(" more\n", error.Message);
        Assert.EndsWith("Restore the options of the networks, or choose another folder.", error.Message);
    }

    [Fact]
    public void Train_SeedAndStatisticsLeftOpen_AreTheirDefaults()
    {
        using var folder = new TemporaryFolder();
        var open = CheckpointedTraining.Options with { Seed = null };
        CheckpointedTraining.Run(new() { Folder = folder.Path }, stopAfter: 4, options: open);

        var outcome = CheckpointedTraining.Run(
            new() { Folder = folder.Path },
            options: open with { Seed = 1, Statistics = Pix2Pix.NormStatistics.Running, Threads = get_num_threads() });

        Assert.Equal(4, outcome.Summary.ResumedSteps);
    }
}
