using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>Single steps: which networks are updated, what is drawn, and what stays in memory.</summary>
[Collection(TorchCollection.Name)]
public class TrainerStepTests
{
    [Fact]
    public void Step_Done_LeavesNoGradient()
    {
        using var scope = NewDisposeScope();
        using var trainer = TinyTraining.Trainer();
        trainer.StepAndRead(Tensors.Random(1, 2, 3, 32, 32), Tensors.Random(2, 2, 3, 32, 32), learningRate: 0.01);
        Assert.All(trainer.Discriminator.parameters(), p => Assert.False(p.requires_grad));
        Assert.All(
            trainer.Discriminator.parameters().Concat(trainer.Generator.parameters()),
            p => Assert.All(Tensors.Floats(p.grad!), g => Assert.Equal(0, g)));
    }

    /// <summary>
    /// With a learning rate of zero, weights do not change, and the statistics are those of the batch: only dropout can differ.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Step_TwiceAtRateZero_DiffersByDropoutOnly(bool dropout)
    {
        using var scope = NewDisposeScope();
        using var trainer = TinyTraining.Trainer(generator: new() { Width = 64, Height = 64, Filters = 4, Dropout = dropout });
        var (input, target) = (Tensors.Random(1, 2, 3, 64, 64), Tensors.Random(2, 2, 3, 64, 64));
        var first = trainer.StepAndRead(input, target, learningRate: 0);
        var second = trainer.StepAndRead(input, target, learningRate: 0);
        Assert.Equal(dropout, first != second);
    }

    [Theory]
    [InlineData(NormKind.Batch)]
    [InlineData(NormKind.Instance)]
    [InlineData(NormKind.None)]
    public void Step_AnyNorm_UpdatesBothNetworks(NormKind norm)
    {
        using var scope = NewDisposeScope();
        using var trainer = new Pix2PixTrainer(
            TinyTraining.Generator with { Norm = norm }, TinyTraining.Discriminator with { Norm = norm }, TinyTraining.Options);
        var before = TinyTraining.Weights(trainer);
        var losses = trainer.StepAndRead(Tensors.Random(1, 1, 3, 32, 32), Tensors.Random(2, 1, 3, 32, 32), learningRate: 0.01);
        Assert.True(losses.AreFinite);
        Assert.InRange(losses.Discriminator, 0.5, 0.9); // ln 2 if the discriminator is undecided
        Assert.NotEqual(before, TinyTraining.Weights(trainer));
    }

    [Theory]
    [InlineData(GeneratorKind.UNet, Upsampling.ResizeConvolution, 1, 3)]
    [InlineData(GeneratorKind.EncoderDecoder, Upsampling.TransposedConvolution, 3, 1)]
    [InlineData(GeneratorKind.ResNet, Upsampling.TransposedConvolution, 0, 2)]
    [InlineData(GeneratorKind.ResNet, Upsampling.ResizeConvolution, 2, 1)]
    public void Step_AnyKind_UpdatesAllParametersOfBothNetworks(GeneratorKind kind, Upsampling upsampling, int layers, int scales)
    {
        using var scope = NewDisposeScope();
        using var trainer = new Pix2PixTrainer(
            TinyTraining.Generator with { Kind = kind, Upsampling = upsampling, ResidualBlocks = 2 },
            TinyTraining.Discriminator with { Layers = layers, Scales = scales },
            TinyTraining.Options);
        var parameters = trainer.Generator.parameters().Concat(trainer.Discriminator.parameters()).ToList();
        var before = parameters.Select(Tensors.Floats).ToList();

        var losses = trainer.StepAndRead(Tensors.Random(1, 2, 3, 32, 32), Tensors.Random(2, 2, 3, 32, 32), learningRate: 0.01);

        Assert.True(losses.AreFinite);
        Assert.All(parameters.Zip(before), p => Assert.NotEqual(p.Second, Tensors.Floats(p.First)));
    }

    [Fact]
    public void Train_ManySteps_KeepsTheNumberOfTensors()
    {
        var options = TinyTraining.Options with { Epochs = 220, BatchSize = 1 };
        using var trainer = TinyTraining.Trainer(options);
        var living = new List<long>();

        trainer.Train(TinyTraining.Pairs(1), new() { Progress = new ProgressList(_ => living.Add(Tensor.TotalCount)) });

        Assert.Equal(220, living.Count);
        Assert.InRange(living[20..].Max(), 0, living[19]); // fewer if the garbage collector frees some of the constructor's
    }

    /// <summary>
    /// TorchSharp counts each tensor that became a parameter, which has no memory of its own, until it is garbage-collected.
    /// </summary>
    [Fact]
    public void Dispose_AfterTraining_FreesAllTensors()
    {
        const int parameters = 25 + 13; // of the generator and of the discriminator
        var before = Tensors.Living();

        var trainer = TinyTraining.Trainer();
        trainer.Train(TinyTraining.Pairs(2));
        var living = Tensor.TotalCount - before;
        trainer.Dispose();
        trainer.Dispose();

        Assert.InRange(living, 2 * parameters, int.MaxValue);
        Assert.InRange(Tensor.TotalCount - before, 0, parameters);
    }

    [Fact]
    public void Constructor_InsideAScope_OutlivesIt()
    {
        Pix2PixTrainer trainer;
        using (NewDisposeScope())
            trainer = TinyTraining.Trainer();
        using (trainer)
            Assert.True(trainer.Train(TinyTraining.Pairs(2)).LastLosses.AreFinite);
    }
}
