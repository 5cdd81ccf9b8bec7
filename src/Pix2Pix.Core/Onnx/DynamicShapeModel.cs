
namespace Pix2Pix.Onnx;

/// <summary>
/// Other forms of an exported generator, for images of any size, made of its ONNX file alone: no libtorch is needed. They take and give
/// what the file does, but (N, H, W, 4) of all sides that the network's halvings divide.
/// </summary>
public static class DynamicShapeModel
{
    /// <summary>
    /// A further output of <see cref="WriteShared"/>: float (N, C, 1, 1), the means of all channels that are normalized, then their
    /// variances.
    /// </summary>
    public const string Statistics = "pix2pix_statistics";

    /// <summary>A further input of <see cref="WriteShared"/>: such statistics, (1, C, 1, 1), to normalize by.</summary>
    public const string GivenStatistics = "pix2pix_given_statistics";

    /// <summary>
    /// A further input of <see cref="WriteShared"/>, float (1), from 0 to 1: the weight of the given statistics. An image's own have the
    /// rest; with 0 the model gives what the file gives.
    /// </summary>
    public const string GivenShare = "pix2pix_given_share";

    /// <summary>Whether the model normalizes an image by its own statistics.</summary>
    /// <param name="model">An ONNX file of <c>GeneratorExporter</c>.</param>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    public static bool NormalizesByImage(ReadOnlyMemory<byte> model) => TileNormalization.Find(OnnxModel.Read(model).Nodes).Any();

    /// <summary>Why the model takes images of its own size alone, or null where it takes others.</summary>
    /// <param name="model">An ONNX file of <c>GeneratorExporter</c> or <see cref="ImageModel"/>.</param>
    /// <exception cref="InvalidDataException">The bytes are no such file.</exception>
    public static string? Obstacle(ReadOnlyMemory<byte> model)
    {
        var file = OnnxModel.Read(model);
        if (HasMasks(file.Nodes))
            return "the model translates with dropout, whose masks have the model's size";
        var shape = ModelShape.Of(file.Metadata);
        return shape.IsFixed ? $"the model was exported for images of {shape.Width}x{shape.Height} alone" : null;
    }

    /// <summary>Writes the model for any size.</summary>
    /// <param name="model">An ONNX file of <c>GeneratorExporter</c>.</param>
    /// <param name="stream">Where to write.</param>
    /// <exception cref="InvalidDataException">The bytes are no such file.</exception>
    public static void Write(ReadOnlyMemory<byte> model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var file = OnnxModel.Read(model);
        var graph = new OnnxGraph(file);
        graph.Add(file);
        Write(file, graph, [], [], stream);
    }

    /// <summary>
    /// Writes the model for any size, and for parts of an image that are to share statistics: <see cref="GivenStatistics"/> and
    /// <see cref="GivenShare"/> come in, <see cref="Statistics"/> go out.
    /// </summary>
    /// <param name="model">An ONNX file of <c>GeneratorExporter</c> that normalizes by image.</param>
    /// <param name="stream">Where to write.</param>
    /// <returns>The C of the statistics.</returns>
    /// <exception cref="InvalidDataException">The bytes are no such file.</exception>
    public static int WriteShared(ReadOnlyMemory<byte> model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var file = OnnxModel.Read(model);
        var graph = new OnnxGraph(file);
        var norms = new TileNormalization(file, graph);
        norms.Rewrite();
        long channels = norms.Statistics;
        Write(
            file,
            graph,
            [new OnnxValue(GivenStatistics, OnnxType.Float, 1L, channels, 1L, 1L), new OnnxValue(GivenShare, OnnxType.Float, 1L)],
            [new OnnxValue(Statistics, OnnxType.Float, "N", channels, 1L, 1L)],
            stream);
        return norms.Statistics;
    }

    internal static bool HasMasks(IEnumerable<OnnxNode> nodes) => nodes.SelectMany(node => node.Outputs).Any(NetworkNodes.IsMasked);

    private static void Write(OnnxModel file, OnnxGraph graph, OnnxValue[] inputs, OnnxValue[] outputs, Stream stream)
    {
        var shape = ModelShape.Of(file.Metadata);
        graph.ToModel(
            [shape.InputImages(anySize: true), .. inputs], [.. shape.OutputImages(anySize: true), .. outputs], file.Metadata).WriteTo(stream);
    }
}
