using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Tests.Diagnostics;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>Losses and weights that become infinite or NaN.</summary>
[Collection(TorchCollection.Name)]
public class TrainingDivergedTests
{
    [Fact]
    public void Train_NonFiniteWeight_NamesStepRowsAndLosses()
    {
        using var trainer = TinyTraining.Trainer();
        using (no_grad())
            trainer.Generator.parameters().First().fill_(double.NaN);

        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Train(TinyTraining.Pairs(1)));

        Assert.Equal(
            "Training diverged at step 1: discriminator NaN, adversarial NaN, L1 NaN; expected finite losses. The batch contains row 1. "
            + "The learning rate was 0.0002; try a smaller one, or check this batch for images without any variation. There is no "
            + "checkpoint to resume from.",
            error.Message);
        Assert.Equal((1, 1, null), (error.Step, error.Rows.Single(), error.Checkpoint));
        Assert.False(error.Losses.AreFinite);
    }

    [Fact]
    public void Train_PairsWithNames_NamesThem()
    {
        using var trainer = TinyTraining.Trainer();
        var pairs = new ImagePairs(TinyTraining.Generator, TinyTraining.Options);
        string?[] names = ["cat.png", null];
        foreach (var name in names)
            pairs.Add(TestImages.Random(40, 40, 1), TestImages.Random(40, 40, 2), name);
        using (no_grad())
            trainer.Generator.parameters().First().fill_(double.NaN);

        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Train(pairs));

        Assert.Matches(@"The batch contains rows (1 \(cat\.png\), 2|2, 1 \(cat\.png\))\. ", error.Message);
        Assert.Equal([1, 2], error.Rows.Order());
    }

    [Fact]
    public void Message_CheckpointKept_ReportsWhereToResume()
    {
        using var batch = PairBatch.Augmented(
            [new(TestImages.Random(32, 32, 1), TestImages.Random(32, 32, 2))], [17], TinyTraining.Generator,
            TinyTraining.Options with { Augmentation = AugmentationOptions.None }, epoch: 1, CPU);

        var error = new TrainingDivergedException(
            812, new() { Discriminator = 0.5, Adversarial = double.PositiveInfinity, L1 = 0.25 }, 0.1, batch, "run/checkpoints/checkpoint-800.safetensors");

        Assert.Equal(
            "Training diverged at step 812: discriminator 0.5, adversarial Infinity, L1 0.25; expected finite losses. The batch contains "
            + "row 18. The learning rate was 0.1; try a smaller one, or check this batch for images without any variation. The last "
            + "checkpoint before this step is 'run/checkpoints/checkpoint-800.safetensors'. To resume from it with a different learning "
            + "rate, also set CheckpointOptions.AllowOtherOptions.",
            error.Message);
        Assert.Equal("run/checkpoints/checkpoint-800.safetensors", error.Checkpoint);
    }

    /// <summary>The losses precede the update, so the last update of a training could break the weights unnoticed.</summary>
    [Fact]
    public void Train_LastUpdateBreaksTheWeights_IsNoticed()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 1 });
        trainer.GeneratorAdam.SecondMoment.fill_(double.NaN);

        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Train(TinyTraining.Pairs(2)));

        Assert.Matches(
            "^Training diverged at step 1: discriminator [0-9.]+, adversarial [0-9.]+, L1 [0-9.]+; expected finite weights after the "
            + "step. The batch contains rows (1, 2|2, 1)[.] ",
            error.Message);
        Assert.True(error.Losses.AreFinite);
    }

    [Fact]
    public void Train_StoppedWithBrokenWeights_IsNoticed()
    {
        using var stop = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer();
        trainer.DiscriminatorAdam.SecondMoment.fill_(double.NaN);
        var progress = new ProgressList(_ => stop.Cancel());

        // The adversarial loss is computed after the discriminator's update, so it shows the problem immediately.
        Assert.Throws<TrainingDivergedException>(() => trainer.Train(TinyTraining.Pairs(4), new() { Progress = progress, StopTraining = stop.Token }));
        Assert.Empty(progress.Reports);
    }

    [Fact]
    public void Train_StoppedAfterAStepThatBrokeTheGenerator_IsNoticed()
    {
        using var stop = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer();
        trainer.GeneratorAdam.SecondMoment.fill_(double.NaN);
        var progress = new ProgressList(_ => stop.Cancel());

        var error = Assert.Throws<TrainingDivergedException>(
            () => trainer.Train(TinyTraining.Pairs(4), new() { Progress = progress, StopTraining = stop.Token }));

        Assert.Equal(1, error.Step);
        Assert.Single(progress.Reports);
    }
}
