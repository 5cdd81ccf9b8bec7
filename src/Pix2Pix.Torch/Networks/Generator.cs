using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// A network that turns an image into another: (N, input channels, H, W) in [-1, 1] to (N, output channels, H, W) in [-1, 1].
/// Holds native memory: dispose it.
/// </summary>
/// <remarks>
/// Not thread-safe while it is trained; passes of <see cref="Translate(Tensor, InferenceOptions)"/> may run side by side otherwise.
/// </remarks>
public abstract class Generator : nn.Module
{
    private protected Generator(string name, GeneratorOptions options) : base(name) => Options = options;

    /// <summary>What the network was built from.</summary>
    public GeneratorOptions Options { get; }

    /// <summary>The number of its parameters: weights, biases, scales and shifts of norms.</summary>
    public long ParameterCount
    {
        get
        {
            var count = parameters().Sum(p => p.numel());
            GC.KeepAlive(this);
            return count;
        }
    }

    /// <summary>Where its weights are.</summary>
    internal Device Device => parameters().First().device;

    /// <summary>Translates a batch without recording gradients.</summary>
    /// <param name="input">(N, C, H, W) in [-1, 1], on the generator's device.</param>
    /// <param name="inference">Statistics and dropout.</param>
    /// <returns>(N, C', H, W) in [-1, 1]; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">
    /// The input has not the generator's channels, height and width, or no image; or the statistics are
    /// <see cref="NormStatistics.Auto"/>.
    /// </exception>
    public Tensor Translate(Tensor input, InferenceOptions inference)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(inference);
        CheckShape(input.shape);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var translation = Apply(new InferenceOps(inference), input).MoveToOuterDisposeScope();
        GC.KeepAlive(input); // native code reads both, by handles that keep nothing alive
        GC.KeepAlive(this);
        return translation;
    }

    /// <summary>Translates one image without recording gradients, from bytes to bytes.</summary>
    /// <param name="input">The channels that the network sees: <see cref="ChannelConversion.ToChannels"/> makes them of an image.</param>
    /// <param name="inference">Statistics and dropout.</param>
    /// <returns>
    /// The channels that the network gives, rounded and clipped:
    /// <see cref="ChannelConversion.ToImage(PixelImage, ImageChannels, PixelImage)"/> makes an image of them.
    /// </returns>
    /// <exception cref="ArgumentException">The input has not the generator's channels, height and width.</exception>
    public PixelImage Translate(PixelImage input, InferenceOptions inference)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        return PixelTensor.ToImage(TranslatePixels(input, inference));
    }

    /// <summary>As <see cref="Translate(PixelImage, InferenceOptions)"/>; null where a value is not finite.</summary>
    internal PixelImage? TranslateIfFinite(PixelImage input, InferenceOptions inference)
    {
        using var scope = NewDisposeScope();
        var translation = TranslatePixels(input, inference);
        return translation.isfinite().all().cpu().item<bool>() ? PixelTensor.ToImage(translation) : null;
    }

    /// <summary>Builds the generator that the options name. Its weights are drawn by <see cref="WeightInit"/>.</summary>
    /// <exception cref="ArgumentException">The kind of network does not take images of this size.</exception>
    internal static Generator Create(GeneratorOptions options, TensorFactory place)
    {
        if (options.SizeProblem is { } problem)
            throw new ArgumentException(problem, nameof(options));
        return options.Kind switch
        {
            GeneratorKind.EncoderDecoder => new EncoderDecoderGenerator(options, place),
            GeneratorKind.ResNet => new ResNetGenerator(options, place),
            _ => new UNetGenerator(options, place),
        };
    }

    /// <summary>The one description of the network, for TorchSharp and for ONNX.</summary>
    internal abstract T Apply<T>(ILayerOps<T> ops, T x);

    private Tensor TranslatePixels(PixelImage input, InferenceOptions inference)
        => Translate(PixelTensor.Of(input).to(Device), inference);

    private void CheckShape(long[] shape)
    {
        if (shape is [> 0, var channels, var height, var width]
            && channels == Options.InputChannels && height == Options.Height && width == Options.Width)
        {
            return;
        }

        throw new ArgumentException(
            $"The input is {string.Join(" x ", shape)}; expected N x {Options.InputChannels} x {Options.Height} x {Options.Width} " +
            "(images, channels, height, width), at least one image.",
            "input");
    }
}
