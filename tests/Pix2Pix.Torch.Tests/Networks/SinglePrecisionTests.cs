using Pix2Pix.Torch.Networks;
using TrainingSpeed.SelfTests;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Networks;

/// <summary>
/// Compares convolutions in single precision on the CPU with double precision, which libtorch computes with other kernels: values and
/// all gradients, for channel numbers that fill the blocks of its kernels and for others (see <see cref="OneDnnChannelPadding"/>).
/// bfloat16 is compared as well, to within the last one or two bits.
/// </summary>
[Collection(TorchCollection.Name)]
public class SinglePrecisionTests
{
    private const double Tolerance = 1e-5;
    private const double NarrowTolerance = 0.01;

    private static readonly (int Inputs, int Outputs)[] Channels =
    [
        (1, 16), (3, 16), (6, 64), (8, 12), (64, 1), (64, 3), (12, 24), (17, 40), (32, 64), (2, 4), (48, 80), (48, 16),
    ];

    public static TheoryData<string, int, int> Layers
    {
        get
        {
            var layers = new TheoryData<string, int, int>();
            foreach (var shape in ConvolutionComparison.Shapes.Keys)
            {
                foreach (var (inputs, outputs) in Channels)
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
            var distances = ConvolutionComparison.Distances(
                TensorFactory.Cpu, type, ConvolutionComparison.Shapes[shape], inputs, outputs, images, side);
            Assert.All(distances, distance => Assert.InRange(distance, 0, tolerance));
        }
    }
}
