using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// Two 3x3 convolutions whose result is added to their input (He et al. 2016), without an activation after the sum (Johnson et al. 2016,
/// supplement).
/// </summary>
internal sealed class ResidualBlock : nn.Module
{
    private static readonly ConvolutionShape Same = new(Kernel: 3, Stride: 1, Padding: 1) { Reflects = true };

    private readonly ConvolutionLayer _first;
    private readonly ConvolutionLayer _second;

    public ResidualBlock(int channels, NormKind norm, bool bias, TensorFactory place) : base(nameof(ResidualBlock))
    {
        _first = new ConvolutionLayer(Same, channels, channels, norm, bias, place);
        _second = new ConvolutionLayer(Same, channels, channels, norm, bias, place);
        register_module("convolution1", _first);
        register_module("convolution2", _second);
    }

    /// <summary>(N, channels, H, W) to the same shape. Dropout, if any, is applied between the convolutions.</summary>
    public T Apply<T>(ILayerOps<T> ops, T x, DropoutSite? dropout)
    {
        var y = ops.Relu(ops.Convolution(x, _first));
        if (dropout is { } site)
            y = ops.Dropout(y, site);
        return ops.Add(x, ops.Convolution(y, _second));
    }

    // As in ConvolutionLayer, everything is registered in the constructor.
    protected override void RegisterComponents()
    {
    }
}
