using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// A network that translates images: (N, input channels, H, W) in [-1, 1] to (N, output channels, H, W) in [-1, 1]. Holds native memory;
/// dispose it after use.
/// </summary>
/// <remarks>
/// Not thread-safe during training. Otherwise, <see cref="Translate(Tensor, InferenceOptions)"/> may be called concurrently.
/// </remarks>
public abstract class Generator : nn.Module
{
    private protected Generator(string name, GeneratorOptions options) : base(name) => Options = options;

    /// <summary>The options that the network was built from.</summary>
    public GeneratorOptions Options { get; }

    /// <summary>The number of parameters: weights, biases, and the scales and shifts of normalizations.</summary>
    public long ParameterCount
    {
        get
        {
            var count = parameters().Sum(p => p.numel());
            GC.KeepAlive(this);
            return count;
        }
    }

    /// <summary>The device of the weights.</summary>
    internal Device Device => parameters().First().device;

    /// <summary>Translates a batch without recording gradients.</summary>
    /// <param name="input">(N, C, H, W) in [-1, 1], on the generator's device.</param>
    /// <param name="inference">The statistics and dropout to use.</param>
    /// <returns>(N, C', H, W) in [-1, 1]; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">
    /// The input does not have the generator's channels, height and width, or contains no image; or the statistics are
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
        GC.KeepAlive(input); // native code reads both through handles that do not keep them alive
        GC.KeepAlive(this);
        return translation;
    }

    /// <summary>Translates one image without recording gradients, from bytes to bytes.</summary>
    /// <param name="input">The network's input channels: <see cref="GeneratorOptions.Input"/>.</param>
    /// <param name="inference">The statistics and dropout to use.</param>
    /// <returns>The network's output channels, rounded and clipped: <see cref="GeneratorOptions.Output"/>.</returns>
    /// <exception cref="ArgumentException">The input does not have the generator's channels, height and width.</exception>
    public PixelImage Translate(PixelImage input, InferenceOptions inference)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        return PixelTensor.ToImage(TranslatePixels(input, inference));
    }

    /// <summary>Same as <see cref="Translate(PixelImage, InferenceOptions)"/>, but returns null if a value is not finite.</summary>
    internal PixelImage? TranslateIfFinite(PixelImage input, InferenceOptions inference)
    {
        using var scope = NewDisposeScope();
        var translation = TranslatePixels(input, inference);
        return translation.isfinite().all().cpu().item<bool>() ? PixelTensor.ToImage(translation) : null;
    }

    /// <summary>Builds the generator that the options specify. <see cref="WeightInit"/> initializes its weights.</summary>
    /// <exception cref="ArgumentException">The kind of network does not support images of this size.</exception>
    internal static Generator Create(GeneratorOptions options, TensorFactory factory)
    {
        if (options.SizeProblem is { } problem)
            throw new ArgumentException(problem, nameof(options));
        return options.Kind switch
        {
            GeneratorKind.EncoderDecoder => new EncoderDecoderGenerator(options, factory),
            GeneratorKind.ResNet => new ResNetGenerator(options, factory),
            _ => new UNetGenerator(options, factory),
        };
    }

    /// <summary>Applies the network's layers. This is the single definition of the network, shared by TorchSharp and ONNX.</summary>
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
            $"The input shape is {string.Join(" x ", shape)}; expected N x {Options.InputChannels} x {Options.Height} x {Options.Width} " +
            "(images, channels, height, width) with at least one image.",
            "input");
    }
}
