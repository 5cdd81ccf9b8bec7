using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Networks;

/// <summary>The differences between training and inference: dropout and normalization.</summary>
[Collection(TorchCollection.Name)]
public class TensorOpsTests
{
    private static readonly DropoutSite Site = new(Index: 0, Channels: 4, Height: 8, Width: 8);

    [Fact]
    public void Dropout_InUse_GivesEachImageTheSameMask()
    {
        using var scope = NewDisposeScope();
        var masked = new InferenceOps(new() { Dropout = true, DropoutSeed = 3 }).Dropout(ones(3, 4, 8, 8), Site);
        var first = Tensors.Floats(masked[0]);
        Assert.Contains(0, first);
        Assert.Equal(first, Tensors.Floats(masked[1]));
        Assert.Equal(first, Tensors.Floats(masked[2]));
    }

    [Fact]
    public void Dropout_InUseOfAnotherSeed_GivesAnotherMask()
    {
        using var scope = NewDisposeScope();
        float[] Masked(int seed) => Tensors.Floats(
            new InferenceOps(new() { Dropout = true, DropoutSeed = seed }).Dropout(ones(1, 4, 8, 8), Site));
        Assert.NotEqual(Masked(3), Masked(4));
    }

    [Fact]
    public void Dropout_InUseSwitchedOff_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, 4, 8, 8);
        Assert.Same(x, new InferenceOps(InferenceOptions.Default).Dropout(x, Site));
    }

    [Fact]
    public void Dropout_InTraining_GivesEachImageAndStepAnotherMask()
    {
        using var scope = NewDisposeScope();
        var step = new TrainingOps(dropoutSeed: 3).Dropout(ones(2, 4, 8, 8), Site);
        var next = new TrainingOps(dropoutSeed: 4).Dropout(ones(2, 4, 8, 8), Site);
        Assert.NotEqual(Tensors.Floats(step[0]), Tensors.Floats(step[1]));
        Assert.NotEqual(Tensors.Floats(step), Tensors.Floats(next));
    }

    [Fact]
    public void Dropout_BackwardPass_GoesWhereValuesWent()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, 4, 8, 8).requires_grad_();
        var masked = new TrainingOps(dropoutSeed: 3).Dropout(x, Site);
        masked.sum().backward();
        Assert.Equal(Tensors.Floats(masked), Tensors.Floats(x.grad!));
    }

    [Fact]
    public void LeakyRelu_NegativeValue_IsAFifth()
    {
        using var scope = NewDisposeScope();
        var values = Tensors.Floats(new TrainingOps(dropoutSeed: 1).LeakyRelu(tensor([-5f, 0f, 3f])));
        Assert.Equal([-1f, 0f, 3f], values);
    }
}
