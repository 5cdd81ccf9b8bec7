using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Onnx;

/// <summary>
/// Writes a generator as an ONNX file (IR 8, opset 17) that takes and gives images as bytes: conversion, rounding and clipping are part
/// of the graph, so that every runtime gives the same picture.
/// </summary>
public static class GeneratorExporter
{
    /// <summary>Alpha, blue, green, red: the order in which ML.NET's own transforms read and write bytes.</summary>
    private const int Channels = 4;

    private const float HalfRange = 127.5f;

    /// <summary>Writes the model.</summary>
    /// <param name="generator">The generator, with three channels in and out.</param>
    /// <param name="inference">Statistics and dropout, fixed in the graph.</param>
    /// <param name="stream">Where to write.</param>
    /// <param name="metadata">More keys and values for metadata_props, beside the options of the generator and of the inference.</param>
    /// <exception cref="ArgumentException">The statistics are <see cref="NormStatistics.Auto"/>.</exception>
    /// <exception cref="NotSupportedException">The generator has other than three channels in or out.</exception>
    public static void Write(
        Generator generator, InferenceOptions inference, Stream stream, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(inference);
        ArgumentNullException.ThrowIfNull(stream);
        inference.RequireStatistics();
        var options = generator.Options;
        if (options.Input != Data.ImageChannels.Rgb || options.Output != Data.ImageChannels.Rgb)
        {
            throw new NotSupportedException(
                $"The generator has {options.InputChannels} channels in and {options.OutputChannels} out; the ONNX file holds images of " +
                "bytes and expects 3 and 3.");
        }

        var graph = new OnnxGraph();
        var image = FromBytes(graph, OnnxNames.Input);
        var translation = generator.Apply(new OnnxOps(graph, inference), image);
        ToBytes(graph, translation, OnnxNames.Output);

        KeyValuePair<string, string>[] own =
        [
            new(OnnxNames.Version, OnnxNames.CurrentVersion),
            new(OnnxNames.Generator, OptionsJson.Write(options)),
            new(OnnxNames.Inference, OptionsJson.Write(inference)),
        ];
        graph.ToModel("pix2pix", OnnxNames.Input, OnnxNames.Output, options.Height, options.Width, Channels, [.. own, .. metadata ?? []])
            .WriteTo(stream);
    }

    // (N, H, W, ABGR) bytes to (N, RGB, H, W) in [-1, 1].
    private static string FromBytes(OnnxGraph graph, string bytes)
    {
        var planes = graph.Node("Transpose", [bytes], OnnxAttribute.Ints("perm", 0, 3, 1, 2));
        var rgb = graph.Node("Gather", [planes, graph.Constant(3L, 2L, 1L)], OnnxAttribute.Int("axis", 1));
        var levels = graph.Node("Cast", [rgb], OnnxAttribute.Int("to", 1));
        return graph.Node("Sub", [graph.Node("Div", [levels, graph.Constant([HalfRange])]), graph.Constant([1f])]);
    }

    // (N, RGB, H, W) in [-1, 1] to (N, H, W, ABGR) bytes: rounded half to even, clipped to [0, 255], alpha 255. The alpha is added while
    // the values are floats: padding of bytes is not on CUDA.
    private static void ToBytes(OnnxGraph graph, string image, string output)
    {
        var bgr = graph.Node("Gather", [image, graph.Constant(2L, 1L, 0L)], OnnxAttribute.Int("axis", 1));
        var scaled = graph.Node("Mul", [graph.Node("Add", [bgr, graph.Constant([1f])]), graph.Constant([HalfRange])]);
        var levels = graph.Node("Clip", [graph.Node("Round", [scaled]), graph.Constant([0f]), graph.Constant([255f])]);
        var abgr = graph.Node("Pad", [levels, graph.Constant(0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L), graph.Constant([255f])]);
        var bytes = graph.Node("Cast", [abgr], OnnxAttribute.Int("to", 2));
        graph.NodeAs(output, "Transpose", [bytes], OnnxAttribute.Ints("perm", 0, 2, 3, 1));
    }
}
