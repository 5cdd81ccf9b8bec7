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
    /// <param name="place">Creates the tensors.</param>
    public Discriminator(DiscriminatorOptions options, int inputChannels, int imageChannels, TensorFactory place)
        : base(nameof(Discriminator))
    {
        _conditional = options.Conditional;
        var channels = _conditional ? inputChannels + imageChannels : imageChannels;
        _scales = [.. Enumerable.Range(0, options.Scales).Select(_ => new PatchDiscriminator(options, channels, place))];
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
    public DiscriminatorOutput Judge(TensorOps ops, Tensor input, Tensor image)
    {
        var seen = _conditional ? cat([input, image], 1) : image;
        var judged = new Tensor[_scales.Length][];
        for (var i = 0; i < judged.Length; i++)
        {
            if (i > 0)
                seen = Halved(seen);
            judged[i] = _scales[i].Judge(ops, seen);
        }

        return new DiscriminatorOutput(judged);
    }

    // (N, C, H, W) to (N, C, H / 2, W / 2), odd sides rounded up. Averages 3x3 values; padding does not count at the border.
    private static Tensor Halved(Tensor x) => nn.functional.avg_pool2d(x, [3, 3], [2, 2], [1, 1], count_include_pad: false);
}
