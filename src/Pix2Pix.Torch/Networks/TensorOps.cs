using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>Runs layers in TorchSharp. The two derived classes differ in normalization and dropout.</summary>
internal abstract class TensorOps : ILayerOps<Tensor>
{
    /// <summary>The slope of LeakyReLU for negative values, as in the paper.</summary>
    public const double LeakySlope = 0.2;

    private readonly ScalarType? _maps;

    /// <param name="maps">The type of convolutions and of the activations between them; null for the type of the weights.</param>
    /// <param name="channelsLast">Whether the inputs and outputs of convolutions have the channels-last layout.</param>
    protected TensorOps(ScalarType? maps = null, bool channelsLast = false)
    {
        _maps = maps;
        ChannelsLast = channelsLast;
    }

    /// <summary>Whether the inputs of convolutions have the channels-last layout.</summary>
    public bool ChannelsLast { get; }

    public Tensor Convolution(Tensor x, ConvolutionLayer layer)
    {
        var convolved = layer.Convolve(ChannelsLast ? x.ChannelsLast() : x, _maps);
        return layer.Norm is null ? convolved : Normalize(convolved, layer.Norm);
    }

    public Tensor LeakyRelu(Tensor x) => x.LeakyRelu(LeakySlope);

    public Tensor Relu(Tensor x) => nn.functional.relu(x);

    public Tensor Tanh(Tensor x) => x.Widened().tanh();

    public Tensor Concat(Tensor encoder, Tensor decoder) => cat([encoder, decoder], 1);

    public Tensor Add(Tensor x, Tensor y) => x.Plus(y);

    public abstract Tensor Dropout(Tensor x, DropoutSite site);

    protected abstract Tensor Normalize(Tensor x, NormLayer norm);

    protected static Tensor Masked(Tensor x, DropoutSite site, long count, int seed)
        => x * site.Mask(count, seed, new TensorFactory(x.device, x.dtype));
}
