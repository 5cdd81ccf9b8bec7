using System.Globalization;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace TrainingSpeed.SelfTests;

/// <summary>
/// Compares the library's convolutions in float32 on a device with float64 on the CPU, which libtorch computes with other kernels:
/// values and all gradients. libtorch 2.10's CPU kernels are wrong for some numbers of channels, which the library avoids; another
/// libtorch may be wrong for others.
/// </summary>
internal static class ConvolutionTests
{
    /// <summary>The maximum number of wrong sizes to print.</summary>
    private const int Named = 4;

    // Those of networks of common sizes, some that fill the blocks of a kernel and some that do not.
    private static readonly (int Inputs, int Outputs)[] Channels =
    [
        (1, 16), (3, 16), (3, 64), (6, 64), (8, 12), (64, 1), (64, 3), (128, 3), (12, 24), (17, 40), (32, 64), (2, 4), (48, 80), (48, 16),
        (64, 128),
    ];

    private static readonly (int Inputs, int Outputs)[] ManyChannels = [(256, 512), (512, 512), (1024, 512), (512, 1)];

    private static readonly (int Images, int Side)[] Maps = [(1, 8), (1, 31), (4, 16)];

    /// <param name="device">The device for float32.</param>
    /// <param name="tolerance">The maximum relative error of each result.</param>
    public static IEnumerable<Finding> On(ComputeDevice device, double tolerance)
    {
        foreach (var (name, shape) in ConvolutionComparison.Shapes)
        {
            var cases = Channels.SelectMany(c => Maps.Select(m => (c.Inputs, c.Outputs, m.Images, m.Side)))
                .Concat(ManyChannels.Select(c => (c.Inputs, c.Outputs, Images: 2, Side: 8)));
            List<double> distances = [];
            List<string> wrong = [];
            foreach (var (inputs, outputs, images, side) in cases)
            {
                double distance = Distance(device, shape, inputs, outputs, images, side);
                distances.Add(distance);
                if (!(distance <= tolerance))
                {
                    wrong.Add(string.Create(
                        CultureInfo.InvariantCulture, $"{images}x{inputs}x{side}x{side} to {outputs}: {distance:0.0e+0}"));
                }
            }

            string measured = string.Create(
                CultureInfo.InvariantCulture, $"{distances.Count} sizes, at worst {Numbers.Worst(distances):0.0e+0}; at most {tolerance:0.0e+0}");
            yield return new Finding(
                $"{device.Name()}: convolution \"{name}\", values and gradients",
                wrong.Count == 0,
                wrong.Count == 0
                    ? measured
                    : $"{measured}; {wrong.Count} wrong: {string.Join(", ", wrong.Take(Named))}{(wrong.Count > Named ? ", ..." : "")}");
        }
    }

    private static double Distance(ComputeDevice device, ConvolutionShape shape, int inputs, int outputs, int images, int side)
        => Numbers.Worst(ConvolutionComparison.Distances(
            new TensorFactory(device.Device(), ScalarType.Float32), narrow: null, shape, inputs, outputs, images, side));
}
