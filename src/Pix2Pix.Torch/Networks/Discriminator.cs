using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// The discriminator: one PatchGAN, or several of the same shape, each of which receives the images at half the size of the previous one
/// (Wang et al. 2018, section 3.2).
/// </summary>
internal sealed class Discriminator : nn.Module
{
    private readonly bool _conditional;
    private readonly PatchDiscriminator[] _scales;

    /// <param name="options">
    /// The options, with <see cref="DiscriminatorOptions.Filters"/> set; see <see cref="DiscriminatorOptions.For"/>.
    /// </param>
    /// <param name="inputChannels">The number of channels of the input images.</param>
    /// <param name="imageChannels">The number of channels of the images to classify.</param>
    /// <param name="factory">Creates the tensors.</param>
    public Discriminator(DiscriminatorOptions options, int inputChannels, int imageChannels, TensorFactory factory)
        : base(nameof(Discriminator))
    {
        _conditional = options.Conditional;
        var channels = _conditional ? inputChannels + imageChannels : imageChannels;
        _scales = [.. Enumerable.Range(0, options.Scales).Select(_ => new PatchDiscriminator(options, channels, factory))];
        foreach (var (scale, patches) in _scales.Index())
        {
            foreach (var (i, layer) in patches.Layers.Index())
                register_module(scale == 0 ? $"layer{i + 1}" : $"scale{scale + 1}_layer{i + 1}", layer);
        }
    }

    /// <summary>
    /// Computes the output for images, (N, image channels, H, W), given the inputs, (N, input channels, H, W). An unconditional
    /// discriminator ignores the inputs.
    /// </summary>
    public DiscriminatorOutput Apply(TensorOps ops, Tensor input, Tensor image)
    {
        var seen = _conditional ? cat([input, image], 1) : image;
        var outputs = new Tensor[_scales.Length][];
        for (var i = 0; i < outputs.Length; i++)
        {
            if (i > 0)
                seen = Halved(seen);
            outputs[i] = _scales[i].Apply(ops, seen);
        }

        return new DiscriminatorOutput(outputs);
    }

    // (N, C, H, W) to (N, C, H / 2, W / 2), odd sides rounded up. Averages 3x3 values; padding does not count at the border.
    private static Tensor Halved(Tensor x) => nn.functional.avg_pool2d(x, [3, 3], [2, 2], [1, 1], count_include_pad: false);
}

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

    public PatchDiscriminator(DiscriminatorOptions options, int channels, TensorFactory factory)
    {
        // Without any halving, the receptive field is a single pixel: the paper's PixelGAN.
        var (halving, last) = options.Layers == 0 ? (Point, Point) : (ConvolutionShape.Halving, Shrinking);
        var middle = Math.Max(1, options.Layers);
        // Batch normalization subtracts the mean, so a bias before it would have no effect.
        var bias = options.Norm != NormKind.Batch;
        var filters = options.Filters ?? throw new ArgumentException("Filters is not set.", nameof(options));
        int Filters(int layer) => filters << Math.Min(layer, 3);

        _layers = new ConvolutionLayer[middle + 2];
        _layers[0] = new ConvolutionLayer(halving, channels, Filters(0), NormKind.None, bias: true, factory);
        for (var i = 1; i <= middle; i++)
            _layers[i] = new ConvolutionLayer(i < middle ? halving : last, Filters(i - 1), Filters(i), options.Norm, bias, factory);
        _layers[^1] = new ConvolutionLayer(last, Filters(middle), 1, NormKind.None, bias: true, factory);
    }

    /// <summary>The layers, in the order of application.</summary>
    public IReadOnlyList<ConvolutionLayer> Layers => _layers;

    /// <summary>
    /// (N, channels, H, W) to the activations of all layers. The last are the logits: (N, 1, H / 2^n - 2, W / 2^n - 2), or (N, 1, H, W).
    /// </summary>
    public Tensor[] Apply(TensorOps ops, Tensor x)
    {
        var activations = new Tensor[_layers.Length];
        for (var i = 0; i < activations.Length; i++)
        {
            var activation = ops.Convolution(i == 0 ? x : activations[i - 1], _layers[i]);
            activations[i] = i == activations.Length - 1 ? activation : ops.LeakyRelu(activation);
        }

        return activations;
    }
}

/// <summary>The discriminator output for a batch: for each scale, finest first, the activations of all layers.</summary>
/// <param name="Scales">
/// [scale][layer]: activations of any shape (N, C, h, w). The last of each scale are its logits (N, 1, h, w); positive means real.
/// </param>
internal sealed record DiscriminatorOutput(Tensor[][] Scales)
{
    /// <summary>The logits of each scale, in float32 if activations are bfloat16.</summary>
    public IEnumerable<Tensor> Logits => Scales.Select(layers => layers[^1].Widened());
}

/// <summary>The forward passes of the discriminator in a step, in order. Each has its own draw of the augmentation.</summary>
internal enum DiscriminatorPass
{
    /// <summary>The target, in the discriminator's update.</summary>
    Target,

    /// <summary>The translation, or an earlier one, in the discriminator's update.</summary>
    Fake,

    /// <summary>An interpolation between target and translation, for the gradient penalty.</summary>
    Between,

    /// <summary>The translation in the generator's update, and the target that it is compared with.</summary>
    Generator,
}
