
namespace Pix2Pix.Onnx;

/// <summary>Writes variants of an exported generator for other runtimes. Only the ONNX file is needed, not libtorch.</summary>
public static class OnnxVariants
{
    /// <summary>The input of <see cref="OnnxInterface.Network"/>.</summary>
    public const string Input = "input";

    /// <summary>The output of <see cref="OnnxInterface.Network"/>.</summary>
    public const string Output = "output";

    /// <summary>Writes a model in another format. The metadata is retained.</summary>
    /// <param name="model">An ONNX file written by <c>GeneratorExporter</c>.</param>
    /// <param name="format">The format to write.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <exception cref="InvalidDataException">
    /// The bytes are not a valid ONNX model, or the network alone is requested and the model was trained with other tools.
    /// </exception>
    public static void Write(ReadOnlyMemory<byte> model, OnnxFormat format, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(stream);
        var file = OnnxModel.Read(model);
        var message = format.Ends == OnnxInterface.Network ? NetworkModel.Of(file) : Whole(file);
        if (format.Weights != WeightPrecision.Single)
            message = NarrowWeights.Of(OnnxModel.Read(message), format.Weights);
        message.WriteTo(stream);
    }

    private static ProtoMessage Whole(OnnxModel file)
    {
        var graph = new OnnxGraph(file);
        graph.Add(file);
        return graph.ToModel(file.Inputs, file.Outputs, file.Metadata);
    }
}
