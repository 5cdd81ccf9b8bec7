using Pix2Pix.Imaging;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Optimization;

namespace Pix2Pix.Torch.Export;

/// <summary>
/// Writes a generator as an ONNX file (IR 8, opset 17) whose input and output are images as bytes, whatever the network's channels.
/// Conversion, rounding and clipping are part of the graph, so that every runtime produces the same image.
/// </summary>
public static class GeneratorExporter
{
    /// <summary>The name of the graph.</summary>
    private const string GraphName = "pix2pix";

    /// <summary>
    /// Writes the model. Its input "pix2pix_input_abgr" and its output "pix2pix_output_abgr" are uint8 (N, H, W, 4): alpha, blue, green,
    /// red.
    /// </summary>
    /// <param name="generator">The generator.</param>
    /// <param name="inference">The statistics and dropout to use, which become part of the graph.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="metadata">Additional keys and values for metadata_props, besides the generator and inference options.</param>
    /// <exception cref="ArgumentException">The statistics are <see cref="NormStatistics.Auto"/>.</exception>
    public static void Write(
        Generator generator, InferenceOptions inference, Stream stream, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(inference);
        ArgumentNullException.ThrowIfNull(stream);
        inference.RequireStatistics();
        var options = generator.Options;
        var graph = new OnnxGraph(GraphName);
        var pixels = new PixelGraph(graph, OnnxNames.Input);
        var input = pixels.Input(NetworkNodes.Input, PixelEncoding.Of(options.Input));
        pixels.Output(generator.Apply(new OnnxOps(graph, inference), input), PixelEncoding.Of(options.Output));

        var shape = ModelShape.Of(options);
        KeyValuePair<string, string>[] own =
        [
            new(OnnxNames.Version, OnnxNames.CurrentVersion),
            new(OnnxNames.Generator, OptionsJson.Write(options)),
            new(OnnxNames.Inference, OptionsJson.Write(inference)),
        ];
        graph.ToModel([shape.InputImages()], shape.OutputImages(), [.. own, .. metadata ?? []]).WriteTo(stream);
        GC.KeepAlive(generator); // its weights are read through handles that do not keep it alive
    }
}

/// <summary>Estimates the size of an exported generator without exporting it: the weights and the dropout masks.</summary>
internal sealed class ExportSize : ILayerOps<bool>
{
    /// <summary>The maximum size: protocol buffers are limited to 2 GiB, and the graph and its metadata need some space.</summary>
    public const long Limit = int.MaxValue - (16L << 20);

    private readonly bool _hasMasks;
    private long _bytes;

    private ExportSize(InferenceOptions inference) => _hasMasks = inference.Dropout;

    /// <summary>Returns the size in bytes.</summary>
    public static long Of(Generator generator, InferenceOptions inference)
    {
        var size = new ExportSize(inference);
        generator.Apply(size, true);
        return size._bytes;
    }

    public bool Convolution(bool x, ConvolutionLayer layer)
    {
        _bytes += layer.parameters().Sum(parameter => parameter.numel()) * sizeof(float); // includes the normalization's
        return x;
    }

    public bool Dropout(bool x, DropoutSite site)
    {
        _bytes += _hasMasks ? (long)sizeof(float) * site.Channels * site.Height * site.Width : 0;
        return x;
    }

    public bool LeakyRelu(bool x) => x;

    public bool Relu(bool x) => x;

    public bool Tanh(bool x) => x;

    public bool Concat(bool encoder, bool decoder) => encoder;

    public bool Add(bool x, bool y) => x;
}

/// <summary>Compares the output of an exported model with that of TorchSharp and <see cref="ChannelConversion"/>.</summary>
internal static class ExportComparison
{
    /// <summary>Computes the largest difference and the fraction of bytes that differ.</summary>
    /// <param name="generator">The generator that was exported.</param>
    /// <param name="inference">The inference options that it was exported with.</param>
    /// <param name="image">An image of the generator's size: gray, RGB or RGBA.</param>
    /// <param name="abgr">The output of the exported model for <see cref="OnnxPixels.Pack"/> of the image.</param>
    /// <param name="chroma">The model's output <see cref="OnnxNames.Chroma"/>; empty if it has none.</param>
    /// <remarks>
    /// Chroma is compared directly, and the image is compared with the one computed from the model's own chroma, because one level of a or
    /// b is up to three levels of red, green and blue.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The image does not have the generator's size, or has two channels; or the number of bytes does not match its pixels.
    /// </exception>
    public static ByteDifference Difference(
        Generator generator, InferenceOptions inference, PixelImage image, ReadOnlySpan<byte> abgr, ReadOnlySpan<byte> chroma)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var exact = TensorFloat32.On(generator.Device, allowed: false);
        var options = generator.Options;
        var values = generator.Translate(ChannelConversion.ToChannels(image, options.Input), inference);
        if (options.Output != ImageChannels.Chroma)
            return ByteDifference.Between(OnnxPixels.Pack(ChannelConversion.ToImage(values, options.Output, image)), abgr);

        var exported = new PixelImage(image.Width, image.Height, chroma.ToArray(), values.Channels);
        var picture = OnnxPixels.Pack(ChannelConversion.ToImage(exported, options.Output, image));
        return ByteDifference.Between(values.Pixels, chroma).Or(ByteDifference.Between(picture, abgr));
    }
}
