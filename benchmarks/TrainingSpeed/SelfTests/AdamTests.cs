using System.Globalization;
using Pix2Pix;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace TrainingSpeed.SelfTests;

/// <summary>Steps of Adam in one pass over memory, as a training on the CPU does them, and by tensors, as on CUDA.</summary>
internal static class AdamTests
{
    private const int Steps = 4;
    private const double Tolerance = 1e-6;

    // Above a kernel's chunk of values, and no multiple of it.
    private const int Inputs = 128, Outputs = 160;

    /// <summary>Both ways on the CPU.</summary>
    public static Finding OnePass() => Compare("cpu: Adam in one pass against tensors", ComputeDevice.Cpu, onePass: true);

    /// <summary>By tensors on a device, and on the CPU.</summary>
    public static Finding On(ComputeDevice device)
        => Compare($"{device.Name()}: Adam by tensors against the CPU's", device, onePass: false);

    private static Finding Compare(string name, ComputeDevice device, bool onePass)
    {
        using var scope = NewDisposeScope();
        double distance = Numbers.Worst(Run(device, onePass).Zip(Run(ComputeDevice.Cpu, onePass: false), Numbers.Distance));
        return new Finding(
            name,
            distance <= Tolerance,
            string.Create(
                CultureInfo.InvariantCulture, $"values and moments after {Steps} steps: {distance:0.0e+0} of {Tolerance:0.0e+0}"));
    }

    // How far the values moved, and both moments.
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
