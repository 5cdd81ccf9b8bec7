using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// The PatchGAN of Isola et al. 2017, section 3.2.2: a convolutional network that judges each 70x70 patch of an image, given the
/// input image. 256x256 pixels give a map of 30x30 logits.
/// </summary>
internal sealed class PatchDiscriminator : nn.Module
{
    private readonly ConvolutionLayer[] _layers;

    public PatchDiscriminator(DiscriminatorOptions options, int channels, Placement place) : base(nameof(PatchDiscriminator))
    {
        var f = options.Filters;
        var bias = options.Norm != NormKind.Batch;
        _layers =
        [
            ConvolutionLayer.Down(channels, f, NormKind.None, bias: true, place),
            ConvolutionLayer.Down(f, 2 * f, options.Norm, bias, place),
            ConvolutionLayer.Down(2 * f, 4 * f, options.Norm, bias, place),
            ConvolutionLayer.Down(4 * f, 8 * f, options.Norm, bias, place, stride: 1),
            ConvolutionLayer.Down(8 * f, 1, NormKind.None, bias: true, place, stride: 1),
        ];
        for (var i = 0; i < _layers.Length; i++)
            register_module($"layer{i + 1}", _layers[i]);
    }

    /// <summary>Judges images, (N, image channels, H, W), given the inputs, (N, input channels, H, W).</summary>
    public Judgement Judge(TensorOps ops, Tensor input, Tensor image)
    {
        var maps = new Tensor[_layers.Length];
        var x = cat([input, image], 1);
        for (var i = 0; i < maps.Length; i++)
        {
            x = ops.Convolution(x, _layers[i]);
            maps[i] = x = i < maps.Length - 1 ? ops.LeakyRelu(x) : x;
        }

        return new Judgement([maps]);
    }

    /// <summary>(N, input channels, H, W) and (N, image channels, H, W) to (N, 1, H / 8 - 2, W / 8 - 2) logits; positive is real.</summary>
    public Tensor Apply(TensorOps ops, Tensor input, Tensor image) => Judge(ops, input, image).Logits.Single();
}
