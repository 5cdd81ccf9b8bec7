using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Networks;

/// <summary>The effects of the parts of a shape, shown by simple kernels.</summary>
[Collection(TorchCollection.Name)]
public class ConvolutionLayerTests
{
    [Fact]
    public void Convolve_Reflecting_MirrorsWithoutTheBorder()
    {
        // A kernel that selects the value at the upper left.
        var shape = new ConvolutionShape(Kernel: 3, Stride: 1, Padding: 1) { Reflects = true };
        Assert.Equal([5, 4, 5, 2, 1, 2, 5, 4, 5], Convolved(shape, [1, 0, 0, 0, 0, 0, 0, 0, 0], 3));
        Assert.Equal([0, 0, 0, 0, 1, 2, 0, 4, 5], Convolved(shape with { Reflects = false }, [1, 0, 0, 0, 0, 0, 0, 0, 0], 3));
    }

    [Fact]
    public void Convolve_Enlarging_RepeatsEachValue()
    {
        var shape = new ConvolutionShape(Kernel: 1, Stride: 1, Padding: 0) { Enlarges = true };
        Assert.Equal([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4], Convolved(shape, [1], 2));
    }

    /// <summary>A 1x1 feature map is upsampled to 2x2, which can be padded by reflecting one value.</summary>
    [Fact]
    public void Convolve_ResizeConvolutionOfOneValue_GivesFour()
        => Assert.Equal([9, 9, 9, 9], Convolved(ConvolutionShape.ResizeConvolution, [1, 1, 1, 1, 1, 1, 1, 1, 1], 1));

    [Fact]
    public void Convolve_TransposedWithOutputPadding_DoublesExactly()
    {
        var shape = new ConvolutionShape(Kernel: 3, Stride: 2, Padding: 1) { Transposed = true, OutputPadding = 1 };
        Assert.Equal([1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0], Convolved(shape, [0, 0, 0, 0, 1, 0, 0, 0, 0], 2));
    }

    /// <summary>Applies a kernel to a feature map of 1, 2, 3, ... in row order.</summary>
    private static float[] Convolved(ConvolutionShape shape, float[] kernel, int side)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var layer = new ConvolutionLayer(shape, 1, 1, NormKind.None, bias: false, TensorFactory.Cpu);
        layer.Weight.copy_(tensor(kernel, [1, 1, shape.Kernel, shape.Kernel]));
        return Tensors.Floats(layer.Convolve(arange(1, (side * side) + 1).to(ScalarType.Float32).view(1, 1, side, side)));
    }
}
