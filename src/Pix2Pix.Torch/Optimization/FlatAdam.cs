using static TorchSharp.torch;

namespace Pix2Pix.Torch.Optimization;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1, with the bias corrections moved to the rate and the root, as in PyTorch) over one flat buffer.
/// A step also zeroes the gradients.
/// </summary>
/// <remarks>
/// On a CPU in float32, <see cref="AdamKernel"/> performs a step in one pass over memory; otherwise, it takes a few tensor operations.
/// </remarks>
internal sealed class FlatAdam : IDisposable
{
    /// <summary>PyTorch's and the paper's epsilon.</summary>
    private const double Epsilon = 1e-8;

    private readonly FlatParameters _parameters;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly bool _onePass;

    /// <param name="parameters">The parameters to optimize.</param>
    /// <param name="beta1">Decay of the first moment.</param>
    /// <param name="beta2">Decay of the second moment.</param>
    /// <param name="allowOnePass">False to always use tensor operations.</param>
    public FlatAdam(FlatParameters parameters, double beta1, double beta2, bool allowOnePass = true)
    {
        _parameters = parameters;
        _beta1 = beta1;
        _beta2 = beta2;
        _onePass = allowOnePass && parameters.Values.dtype == ScalarType.Float32
            && parameters.Values.device_type == TorchSharp.DeviceType.CPU;
        FirstMoment = LongLived.Tensor(() => zeros_like(parameters.Values));
        SecondMoment = LongLived.Tensor(() => zeros_like(parameters.Values));
    }

    /// <summary>The number of steps so far. Set when a training is resumed.</summary>
    public long Steps { get; set; }

    /// <summary>The running mean of the gradients, (length).</summary>
    public Tensor FirstMoment { get; }

    /// <summary>The running mean of the squared gradients, (length).</summary>
    public Tensor SecondMoment { get; }

    /// <summary>Updates the parameters and zeroes the gradients.</summary>
    public void Step(double learningRate)
    {
        Steps++;
        var size = learningRate / (1 - Math.Pow(_beta1, Steps));
        var rootScale = Math.Sqrt(1 - Math.Pow(_beta2, Steps));
        if (!_onePass)
        {
            StepByTensors(size, rootScale);
            return;
        }

        AdamKernel.Step(
            _parameters.Values, _parameters.Gradients, FirstMoment, SecondMoment, new(_beta1, _beta2, size, rootScale, Epsilon));
    }

    public void Dispose()
    {
        FirstMoment.Dispose();
        SecondMoment.Dispose();
    }

    private void StepByTensors(double size, double rootScale)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var gradients = _parameters.Gradients;
        FirstMoment.TimesInPlace(_beta1).PlusInPlace(1 - _beta1, gradients);
        SecondMoment.TimesInPlace(_beta2).PlusProductInPlace(1 - _beta2, gradients, gradients);
        var denominator = SecondMoment.sqrt().DividedInPlace(rootScale).PlusInPlace(Epsilon);
        _parameters.Values.PlusQuotientInPlace(-size, FirstMoment, denominator);
        gradients.zero_();
    }
}
