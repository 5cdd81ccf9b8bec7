using System.Globalization;
using Pix2Pix;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace TrainingSpeed.SelfTests;

/// <summary>Adam steps in one pass over memory, as on the CPU, and with tensor operations, as on CUDA.</summary>
internal static class AdamTests
{
    private const int Steps = 4;
    private const double Tolerance = 1e-6;

    // Larger than the kernel's chunk of values, and not a multiple of it.
    private const int Inputs = 128, Outputs = 160;

    /// <summary>Compares both on the CPU.</summary>
    public static Finding OnePass() => Compare("cpu: Adam in one pass compared with tensor operations", ComputeDevice.Cpu, onePass: true);

    /// <summary>Compares tensor operations on a device with those on the CPU.</summary>
    public static Finding On(ComputeDevice device)
        => Compare($"{device.Name()}: Adam with tensor operations compared with the CPU", device, onePass: false);

    private static Finding Compare(string name, ComputeDevice device, bool onePass)
    {
        using var scope = NewDisposeScope();
        double distance = Numbers.Worst(Run(device, onePass).Zip(Run(ComputeDevice.Cpu, onePass: false), Numbers.Distance));
        return new Finding(
            name,
            distance <= Tolerance,
            string.Create(
                CultureInfo.InvariantCulture, $"values and moments after {Steps} steps: {distance:0.0e+0}; at most {Tolerance:0.0e+0}"));
    }

    // The changes of the values, and both moments.
    private static Tensor[] Run(ComputeDevice device, bool onePass)
    {
        TensorFactory place = new(device.Device(), ScalarType.Float32);
        using ConvolutionLayer layer = new(ConvolutionShape.Halving, Inputs, Outputs, NormKind.None, bias: true, place);
        using FlatParameters parameters = new(layer);
        using FlatAdam adam = new(parameters, beta1: 0.5, beta2: 0.999, allowOnePass: onePass);
        parameters.Values.copy_(Numbers.Random(1, parameters.Values.numel()));
        for (int step = 1; step <= Steps; step++)
        {
            parameters.Gradients.copy_(Numbers.Random(1 + step, parameters.Gradients.numel()));
            adam.Step(learningRate: 0.01 / step);
        }

        return [parameters.Values.cpu().clone(), adam.FirstMoment.cpu().clone(), adam.SecondMoment.cpu().clone()];
    }
}
