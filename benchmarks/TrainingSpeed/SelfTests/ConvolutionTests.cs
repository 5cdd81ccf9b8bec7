using System.Globalization;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace TrainingSpeed.SelfTests;

/// <summary>
/// The library's convolutions in float32 on a device, against the same in float64 on the CPU, which libtorch computes in another way:
/// values and all gradients. libtorch 2.10's kernels for the CPU are wrong for some numbers of channels, which the library avoids; another
/// libtorch may be wrong elsewhere.
/// </summary>
internal static class ConvolutionTests
{
    /// <summary>How many wrong sizes are named.</summary>
    private const int Named = 4;

    private static readonly (string Name, ConvolutionShape Shape)[] Shapes =
    [
        ("halving", ConvolutionShape.Halving),
        ("doubling", ConvolutionShape.Halving with { Transposed = true }),
        ("resize", ConvolutionShape.ResizeConvolution),
        ("patch", new(Kernel: 4, Stride: 1, Padding: 1)),
        ("wide", new(Kernel: 7, Stride: 1, Padding: 3) { Reflects = true }),
        ("odd doubling", new(Kernel: 3, Stride: 2, Padding: 1) { Transposed = true, OutputPadding = 1 }),
        ("point", new(Kernel: 1, Stride: 1, Padding: 0)),
    ];

    // Those of networks of common sizes, and such that fill the blocks of a kernel and such that do not.
    private static readonly (int Inputs, int Outputs)[] Channels =
    [
        (1, 16), (3, 16), (3, 64), (6, 64), (8, 12), (64, 1), (64, 3), (128, 3), (12, 24), (17, 40), (32, 64), (2, 4), (48, 80), (48, 16),
        (64, 128),
    ];

    private static readonly (int Inputs, int Outputs)[] ManyChannels = [(256, 512), (512, 512), (1024, 512), (512, 1)];

    private static readonly (int Images, int Side)[] Maps = [(1, 8), (1, 31), (4, 16)];

    /// <param name="device">Where float32 is computed.</param>
    /// <param name="tolerance">What is allowed, of the length of each result.</param>
    public static IEnumerable<Finding> On(ComputeDevice device, double tolerance)
    {
        foreach (var (name, shape) in Shapes)
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
                CultureInfo.InvariantCulture, $"{distances.Count} sizes, at worst {Numbers.Worst(distances):0.0e+0} of {tolerance:0.0e+0}");
            yield return new Finding(
                $"{device.Name()}: convolution \"{name}\", values and gradients",
                wrong.Count == 0,
                wrong.Count == 0
                    ? measured
                    : $"{measured}; {wrong.Count} wrong: {string.Join(", ", wrong.Take(Named))}{(wrong.Count > Named ? ", ..." : "")}");
        }
    }

    private static double Distance(ComputeDevice device, ConvolutionShape shape, int inputs, int outputs, int images, int side)
    {
        using var scope = NewDisposeScope();
        SpoilMemory(device);
        Tensor[] single = Run(new Placement(device.Device(), ScalarType.Float32), shape, inputs, outputs, images, side);
        Tensor[] exact = Run(new Placement(CPU, ScalarType.Float64), shape, inputs, outputs, images, side);
        return Numbers.Worst(single.Zip(exact, Numbers.Distance));
    }

    // The values, and the gradients by the map, the weights and the bias of a sum with weights of its own.
    private static Tensor[] Run(Placement place, ConvolutionShape shape, int inputs, int outputs, int images, int side)
    {
        using ConvolutionLayer layer = new(shape, inputs, outputs, NormKind.None, bias: true, place);
        using (no_grad())
        {
            layer.Weight.copy_(Numbers.Random(1, [.. layer.Weight.shape]));
            layer.Bias!.copy_(Numbers.Random(2, [.. layer.Bias.shape]));
        }

        Tensor x = Numbers.Random(3, images, inputs, side, side).to(place.Type).to(place.Device).requires_grad_();
        Tensor y = layer.Convolve(x);
        (y * Numbers.Random(4, [.. y.shape]).to(place.Type).to(place.Device)).sum().backward();
        return [y.detach(), x.grad!, layer.Weight.grad!.alias(), layer.Bias.grad!.alias()];
    }

    // What is freed here is what the next tensors of such sizes are made of: whoever reads what he did not write, reads this.
    private static void SpoilMemory(ComputeDevice device)
    {
        using var scope = NewDisposeScope();
        for (int length = 1 << 6; length <= 1 << 20; length *= 2)
        {
            for (int i = 0; i < 4; i++)
                full([length], float.NaN, ScalarType.Float32, device.Device());
        }
    }
}
