using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Networks;

/// <summary>
/// A convolution in single precision on the CPU against the same in double precision, which libtorch computes in another way: values and
/// all gradients, for channels that fill the blocks of its kernels and for such that do not (see <see cref="WholeBlocks"/>). In bfloat16
/// likewise, to its last bit or two.
/// </summary>
[Collection(TorchCollection.Name)]
public class SinglePrecisionTests
{
    private const double Tolerance = 1e-5;
    private const double NarrowTolerance = 0.01;

    private static readonly Dictionary<string, ConvolutionShape> Shapes = new()
    {
        ["halving"] = ConvolutionShape.Halving,
        ["doubling"] = ConvolutionShape.Halving with { Transposed = true },
        ["resize"] = ConvolutionShape.ResizeConvolution,
        ["patch"] = new(Kernel: 4, Stride: 1, Padding: 1),
        ["wide"] = new(Kernel: 7, Stride: 1, Padding: 3) { Reflects = true },
        ["odd doubling"] = new(Kernel: 3, Stride: 2, Padding: 1) { Transposed = true, OutputPadding = 1 },
        ["point"] = new(Kernel: 1, Stride: 1, Padding: 0),
    };

    public static TheoryData<string, int, int> Layers
    {
        get
        {
            var layers = new TheoryData<string, int, int>();
            foreach (var shape in Shapes.Keys)
            {
                foreach (var (inputs, outputs) in new[] { (1, 16), (3, 16), (6, 64), (8, 12), (64, 1), (64, 3), (12, 24), (17, 40), (32, 64), (2, 4), (48, 80), (48, 16) })
                    layers.Add(shape, inputs, outputs);
            }

            return layers;
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Convolve_InSinglePrecision_IsAsInDouble(string shape, int inputs, int outputs)
        => AssertAsInDouble(shape, inputs, outputs, type: null, Tolerance);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Convolve_InBFloat16_IsNearDouble(string shape, int inputs, int outputs)
        => AssertAsInDouble(shape, inputs, outputs, ScalarType.BFloat16, NarrowTolerance);

    private static void AssertAsInDouble(string shape, int inputs, int outputs, ScalarType? type, double tolerance)
    {
        foreach (var (images, side) in new[] { (1, 8), (1, 31), (4, 16) })
        {
            using var scope = NewDisposeScope();
            SpoilMemory();
            var single = Run(ScalarType.Float32, Shapes[shape], inputs, outputs, images, side, type);
            var exact = Run(ScalarType.Float64, Shapes[shape], inputs, outputs, images, side);
            Assert.All(single.Zip(exact), pair => Assert.InRange(Distance(pair.First, pair.Second), 0, tolerance));
        }
    }

    // The values, and the gradients by the map, the weights and the bias of a sum with weights of its own.
    private static Tensor[] Run(
        ScalarType type, ConvolutionShape shape, int inputs, int outputs, int images, int side, ScalarType? narrow = null)
    {
        var layer = new ConvolutionLayer(shape, inputs, outputs, NormKind.None, bias: true, new Placement(CPU, type));
        using (no_grad())
        {
            layer.Weight.copy_(Tensors.Random(1, [.. layer.Weight.shape]));
            layer.Bias!.copy_(Tensors.Random(2, [.. layer.Bias.shape]));
        }

        var x = Tensors.Random(3, images, inputs, side, side).to(type).requires_grad_();
        var y = layer.Convolve(x, narrow);
        (y * Tensors.Random(4, [.. y.shape]).to(type)).sum().backward();
        return [y.detach(), x.grad!, layer.Weight.grad!, layer.Bias.grad!];
    }

    private static double Distance(Tensor single, Tensor exact) => ((single.to(ScalarType.Float64) - exact).norm() / exact.norm()).Value();

    // What is freed here is what the next tensors of such sizes are made of: whoever reads what he did not write, reads this.
    private static void SpoilMemory()
    {
        using var scope = NewDisposeScope();
        for (var length = 1 << 6; length <= 1 << 20; length *= 2)
        {
            for (var i = 0; i < 4; i++)
                full([length], float.NaN, ScalarType.Float32);
        }
    }
}
