using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// The PatchGAN of Isola et al. 2017, section 3.2.2 and appendix 6.1.2: a convolutional network that classifies each patch of an image
/// separately. With three halvings a patch has 70x70 pixels, and 256x256 pixels give 30x30 logits. Contains the layers of one scale of a
/// <see cref="Discriminator"/>, which owns them.
/// </summary>
internal sealed class PatchDiscriminator
{
    private static readonly ConvolutionShape Point = new(Kernel: 1, Stride: 1, Padding: 0);
    private static readonly ConvolutionShape Shrinking = new(Kernel: 4, Stride: 1, Padding: 1); // by one

    private readonly ConvolutionLayer[] _layers;

    public PatchDiscriminator(DiscriminatorOptions options, int channels, TensorFactory place)
    {
        // Without any halving, the receptive field is a single pixel: the paper's PixelGAN.
        var (halving, last) = options.Layers == 0 ? (Point, Point) : (ConvolutionShape.Halving, Shrinking);
        var middle = Math.Max(1, options.Layers);
        // Batch normalization subtracts the mean, so a bias before it would have no effect.
        var bias = options.Norm != NormKind.Batch;
        var filters = options.Filters ?? throw new ArgumentException("Filters is not set.", nameof(options));
        int Filters(int layer) => filters << Math.Min(layer, 3);

        _layers = new ConvolutionLayer[middle + 2];
        _layers[0] = new ConvolutionLayer(halving, channels, Filters(0), NormKind.None, bias: true, place);
        for (var i = 1; i <= middle; i++)
            _layers[i] = new ConvolutionLayer(i < middle ? halving : last, Filters(i - 1), Filters(i), options.Norm, bias, place);
        _layers[^1] = new ConvolutionLayer(last, Filters(middle), 1, NormKind.None, bias: true, place);
    }

    /// <summary>The layers, in the order of application.</summary>
    public IReadOnlyList<ConvolutionLayer> Layers => _layers;

    /// <summary>
    /// (N, channels, H, W) to the activations of all layers. The last are the logits: (N, 1, H / 2^n - 2, W / 2^n - 2), or (N, 1, H, W).
    /// </summary>
    public Tensor[] Judge(TensorOps ops, Tensor x)
    {
        var maps = new Tensor[_layers.Length];
        for (var i = 0; i < maps.Length; i++)
        {
            var map = ops.Convolution(i == 0 ? x : maps[i - 1], _layers[i]);
            maps[i] = i == maps.Length - 1 ? map : ops.LeakyRelu(map);
        }

        return maps;
    }
}
