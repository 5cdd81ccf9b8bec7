using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Networks;

[Collection(TorchCollection.Name)]
public class NormLayerTests
{
    [Fact]
    public void Create_None_IsNull() => Assert.Null(NormLayer.Create(NormKind.None, 4, TensorFactory.Cpu));

    [Fact]
    public void Create_Batch_HasScaleShiftAndRunningStatistics()
    {
        using var norm = NormLayer.Create(NormKind.Batch, 4, TensorFactory.Cpu)!;
        Assert.Equal(["weight", "bias", "running_mean", "running_var"], norm.state_dict().Keys);
        Assert.All(Tensors.Floats(norm.RunningVariance!), v => Assert.Equal(1, v));
    }

    [Fact]
    public void Create_Instance_HasNoState()
    {
        using var norm = NormLayer.Create(NormKind.Instance, 4, TensorFactory.Cpu)!;
        Assert.Empty(norm.state_dict());
    }

    /// <summary>
    /// Mean 0 and variance 1 of the whole batch, then scaled and shifted; the running statistics take a tenth of the batch's statistics.
    /// </summary>
    [Fact]
    public void ByBatch_TwoImages_NormalizesThemTogetherAndUpdatesTheAverages()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var norm = NormLayer.Create(NormKind.Batch, 1, TensorFactory.Cpu)!;
        norm.Scale!.fill_(3);
        norm.Shift!.fill_(10);

        var y = norm.ByBatch(tensor([0f, 0f, 4f, 4f], [2, 1, 1, 2]));

        // Mean 2, variance 4 (16 / 3 with Bessel's correction, which only the running variance uses).
        Assert.All(Tensors.Floats(y).Zip([7f, 7f, 13f, 13f]), p => Assert.Equal(p.Second, p.First, 1e-4f));
        Assert.Equal(0.2f, norm.RunningMean!.item<float>(), 1e-6f);
        Assert.Equal(0.9f + (0.1f * 16 / 3), norm.RunningVariance!.item<float>(), 1e-6f);
    }

    [Fact]
    public void ByImage_TwoImages_NormalizesEachAndKeepsTheAverages()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var norm = NormLayer.Create(NormKind.Batch, 1, TensorFactory.Cpu)!;
        norm.Scale!.fill_(3);
        norm.Shift!.fill_(10);

        var y = norm.ByImage(tensor([0f, 4f, 100f, 300f], [2, 1, 1, 2]));

        Assert.All(Tensors.Floats(y).Zip([7f, 13f, 7f, 13f]), p => Assert.Equal(p.Second, p.First, 1e-4f));
        Assert.Equal(0, norm.RunningMean!.item<float>());
        Assert.Equal(1, norm.RunningVariance!.item<float>());
    }

    [Fact]
    public void ByRunning_SetAverages_NormalizesByThem()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var norm = NormLayer.Create(NormKind.Batch, 1, TensorFactory.Cpu)!;
        norm.RunningMean!.fill_(5);
        norm.RunningVariance!.fill_(4);

        var y = norm.ByRunning(tensor([5f, 9f], [2, 1, 1, 1]));

        Assert.All(Tensors.Floats(y).Zip([0f, 2f]), p => Assert.Equal(p.Second, p.First, 1e-4f));
    }

    [Fact]
    public void ByBatch_Instance_NormalizesEachImageByItself()
    {
        using var scope = NewDisposeScope();
        using var norm = NormLayer.Create(NormKind.Instance, 1, TensorFactory.Cpu)!;
        var x = tensor([0f, 4f, 100f, 300f], [2, 1, 1, 2]);
        Assert.All(Tensors.Floats(norm.ByBatch(x)).Zip([-1f, 1f, -1f, 1f]), p => Assert.Equal(p.Second, p.First, 1e-4f));
        Assert.Equal(Tensors.Floats(norm.ByImage(x)), Tensors.Floats(norm.ByRunning(x)));
    }
}
