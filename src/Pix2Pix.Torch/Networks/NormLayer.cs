using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// A normalization over the channels of (N, C, H, W) and its state. Batch normalization has scale, shift and running statistics;
/// instance normalization has no state.
/// </summary>
internal sealed class NormLayer : nn.Module
{
    /// <summary>Added to the variance, as in PyTorch.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>The weight of a new batch in the running statistics, as in PyTorch.</summary>
    public const double Momentum = 0.1;

    private NormLayer(int channels, bool affine, TensorFactory place) : base(nameof(NormLayer))
    {
        Channels = channels;
        if (!affine)
            return;
        Scale = place.ParameterOfOnes(channels);
        Shift = place.ParameterOfZeros(channels);
        RunningMean = place.Zeros(channels);
        RunningVariance = place.Ones(channels);
        register_parameter("weight", Scale);
        register_parameter("bias", Shift);
        register_buffer("running_mean", RunningMean);
        register_buffer("running_var", RunningVariance);
    }

    public int Channels { get; }

    /// <summary>Gamma, (C), or null for instance normalization.</summary>
    public Parameter? Scale { get; }

    /// <summary>Beta, (C), or null for instance normalization.</summary>
    public Parameter? Shift { get; }

    public Tensor? RunningMean { get; }

    public Tensor? RunningVariance { get; }

    /// <summary>Creates the normalization of this kind; null for <see cref="NormKind.None"/>.</summary>
    public static NormLayer? Create(NormKind kind, int channels, TensorFactory place)
        => kind == NormKind.None ? null : new NormLayer(channels, kind == NormKind.Batch, place);

    /// <summary>Normalizes by the statistics of the whole batch and updates the running statistics.</summary>
    public Tensor ByBatch(Tensor x)
        => Scale is null ? ByImage(x) : nn.functional.batch_norm(
            x, RunningMean, RunningVariance, Scale, Shift, training: true, Momentum, Epsilon);

    /// <summary>Normalizes each image by its own statistics.</summary>
    public Tensor ByImage(Tensor x)
    {
        // On a CPU, libtorch computes the statistics in the type of scale and shift; without these, in the type of the input.
        if (Scale is null && x.dtype == ScalarType.BFloat16)
            return nn.functional.instance_norm(x.Widened(), null, null, null, null, use_input_stats: true, Momentum, Epsilon).In(x.dtype);
        return nn.functional.instance_norm(x, null, null, Scale, Shift, use_input_stats: true, Momentum, Epsilon);
    }

    /// <summary>Normalizes by the running statistics.</summary>
    public Tensor ByRunning(Tensor x)
        => Scale is null ? ByImage(x) : nn.functional.batch_norm(
            x, RunningMean, RunningVariance, Scale, Shift, training: false, Momentum, Epsilon);

    // As in ConvolutionLayer, everything is registered in the constructor.
    protected override void RegisterComponents()
    {
    }
}
