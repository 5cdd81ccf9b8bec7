
namespace Pix2Pix.Onnx;

/// <summary>
/// Writes variants of an exported generator that accept images of any size. Only the ONNX file is needed, not libtorch. The variants have
/// the same inputs and outputs as the file, but with shape (N, H, W, 4), for all sides that are divisible by the network's downsampling
/// factor.
/// </summary>
public static class DynamicShapeModel
{
    /// <summary>
    /// An additional output of <see cref="WriteShared"/>: float (N, C, 1, 1), the means of all normalized channels, followed by their
    /// variances.
    /// </summary>
    public const string Statistics = "pix2pix_statistics";

    /// <summary>
    /// An additional input of <see cref="WriteShared"/>: the statistics to normalize by, in the same order, with shape (1, C, 1, 1).
    /// </summary>
    public const string GivenStatistics = "pix2pix_given_statistics";

    /// <summary>
    /// An additional input of <see cref="WriteShared"/>: float (1), from 0 to 1, the weight of the given statistics. The image's own
    /// statistics have the remaining weight. With 0 the model produces the same output as the original file.
    /// </summary>
    public const string GivenShare = "pix2pix_given_share";

    /// <summary>Returns whether the model normalizes each image by its own statistics.</summary>
    /// <param name="model">An ONNX file written by <c>GeneratorExporter</c>.</param>
    /// <exception cref="InvalidDataException">The bytes are not a valid ONNX model.</exception>
    public static bool NormalizesByImage(ReadOnlyMemory<byte> model) => TileNormalization.Find(OnnxModel.Read(model).Nodes).Any();

    /// <summary>Returns the reason why the model accepts only images of its own size, or null if it accepts other sizes.</summary>
    /// <param name="model">An ONNX file written by <c>GeneratorExporter</c> or <see cref="ImageModel"/>.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a file.</exception>
    public static string? Obstacle(ReadOnlyMemory<byte> model)
    {
        var file = OnnxModel.Read(model);
        if (HasMasks(file.Nodes))
            return "the model translates with dropout, whose masks have the model's size";
        var shape = ModelShape.Of(file.Metadata);
        return shape.IsFixed ? $"the model was exported for images of {shape.Width}x{shape.Height} alone" : null;
    }

    /// <summary>Writes a variant of the model that accepts images of any size.</summary>
    /// <param name="model">An ONNX file written by <c>GeneratorExporter</c>.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a file.</exception>
    public static void Write(ReadOnlyMemory<byte> model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var file = OnnxModel.Read(model);
        var graph = new OnnxGraph(file);
        graph.Add(file);
        Write(file, graph, [], [], stream);
    }

    /// <summary>
    /// Writes a variant of the model that accepts images of any size and lets tiles of one image share statistics. It has the additional
    /// inputs <see cref="GivenStatistics"/> and <see cref="GivenShare"/>, and the additional output <see cref="Statistics"/>.
    /// </summary>
    /// <param name="model">An ONNX file written by <c>GeneratorExporter</c> that normalizes by image.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <returns>The size C of the statistics.</returns>
    /// <exception cref="InvalidDataException">The bytes are not such a file.</exception>
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
