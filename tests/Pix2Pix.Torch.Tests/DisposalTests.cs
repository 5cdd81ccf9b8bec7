using Pix2Pix.Torch.Export;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>A trainer that is disposed twice and used afterwards.</summary>
[Collection(TorchCollection.Name)]
public class DisposalTests
{
    [Fact]
    public void Trainer_DisposedTwice_ThrowsWhenUsed()
    {
        using var scope = NewDisposeScope();
        var trainer = TinyTraining.Trainer();
        var input = Tensors.Random(1, 2, 3, 32, 32);
        trainer.StepAndRead(input, input, learningRate: 0.01);

        trainer.Dispose();
        trainer.Dispose();

        Assert.Throws<InvalidOperationException>(() => trainer.StepAndRead(input, input, learningRate: 0.01));
        Assert.ThrowsAny<InvalidOperationException>(() => trainer.Generator.Translate(input, InferenceOptions.Default));
        Assert.ThrowsAny<InvalidOperationException>(
            () => GeneratorExporter.Write(trainer.Generator, InferenceOptions.Default, Stream.Null));
        trainer.ReleaseTrainingState();
    }

    [Fact]
    public void ReleaseTrainingState_Twice_KeepsTheGenerator()
    {
        using var scope = NewDisposeScope();
        using var trainer = TinyTraining.Trainer();

        trainer.ReleaseTrainingState();
        trainer.ReleaseTrainingState();

        Assert.Equal([1, 3, 32, 32], trainer.Generator.Translate(Tensors.Random(1, 1, 3, 32, 32), InferenceOptions.Default).shape);
    }
}
