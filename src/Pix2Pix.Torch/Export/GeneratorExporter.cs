using Pix2Pix.Onnx;
using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Export;

/// <summary>
/// Writes a generator as an ONNX file (IR 8, opset 17) whose input and output are images as bytes, whatever the network's channels.
/// Conversion, rounding and clipping are part of the graph, so that every runtime produces the same image.
/// </summary>
public static class GeneratorExporter
{
    /// <summary>The name of the graph.</summary>
    private const string GraphName = "pix2pix";

    /// <summary>Writes the model. <see cref="OnnxNames"/> describes its input and outputs.</summary>
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
        var input = pixels.Input(NetworkNodes.Input, PixelEnd.Of(options.Input));
        pixels.Output(generator.Apply(new OnnxOps(graph, inference), input), PixelEnd.Of(options.Output));

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
