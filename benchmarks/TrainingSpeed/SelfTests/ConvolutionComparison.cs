using Pix2Pix;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace TrainingSpeed.SelfTests;

/// <summary>
/// Compares a layer's convolution on a device with float64 on the CPU, which libtorch computes with other kernels. Also used by the tests
/// of Pix2Pix.Torch.
/// </summary>
internal static class ConvolutionComparison
{
    /// <summary>The shapes that the networks use.</summary>
    public static IReadOnlyDictionary<string, ConvolutionShape> Shapes { get; } = new Dictionary<string, ConvolutionShape>
    {
        ["halving"] = ConvolutionShape.Halving,
        ["doubling"] = ConvolutionShape.Halving with { Transposed = true },
        ["resize"] = ConvolutionShape.ResizeConvolution,
        ["patch"] = new(Kernel: 4, Stride: 1, Padding: 1),
        ["wide"] = new(Kernel: 7, Stride: 1, Padding: 3) { Reflects = true },
        ["odd doubling"] = new(Kernel: 3, Stride: 2, Padding: 1) { Transposed = true, OutputPadding = 1 },
        ["point"] = new(Kernel: 1, Stride: 1, Padding: 0),
    };

    /// <summary>
    /// The relative errors of the values and of the gradients of the feature map, the weights and the bias.
    /// </summary>
    /// <param name="place">The device and type of the weights.</param>
    /// <param name="narrow">The type of the computation; null for the weights' type.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="inputs">The number of input channels.</param>
    /// <param name="outputs">The number of output channels.</param>
    /// <param name="images">The number of images in the batch.</param>
    /// <param name="side">Width and height of the feature map.</param>
    public static double[] Distances(
        TensorFactory place, ScalarType? narrow, ConvolutionShape shape, int inputs, int outputs, int images, int side)
    {
        using var scope = NewDisposeScope();
        SpoilMemory(place.Device);
        Tensor[] given = Run(place, narrow, shape, inputs, outputs, images, side);
        Tensor[] exact = Run(new TensorFactory(CPU, ScalarType.Float64), narrow: null, shape, inputs, outputs, images, side);
        return [.. given.Zip(exact, Numbers.Distance)];
    }

    // The gradients are those of a randomly weighted sum.
    private static Tensor[] Run(
        TensorFactory place, ScalarType? narrow, ConvolutionShape shape, int inputs, int outputs, int images, int side)
    {
        using ConvolutionLayer layer = new(shape, inputs, outputs, NormKind.None, bias: true, place);
        using (no_grad())
        {
            layer.Weight.copy_(Numbers.Random(1, [.. layer.Weight.shape]));
            layer.Bias!.copy_(Numbers.Random(2, [.. layer.Bias.shape]));
        }

        Tensor x = Numbers.Random(3, images, inputs, side, side).to(place.Type).to(place.Device).requires_grad_();
        Tensor y = layer.Convolve(x, narrow);
        (y * Numbers.Random(4, [.. y.shape]).to(place.Type).to(place.Device)).sum().backward();
        return [y.detach(), x.grad!, layer.Weight.grad!.alias(), layer.Bias.grad!.alias()];
    }

    // The next tensors of such sizes reuse the memory that is freed here, so that reading uninitialized memory gives these values.
    private static void SpoilMemory(Device device)
    {
        using var scope = NewDisposeScope();
        for (int length = 1 << 6; length <= 1 << 20; length *= 2)
        {
            for (int i = 0; i < 4; i++)
                full([length], float.NaN, ScalarType.Float32, device);
        }
    }
}
