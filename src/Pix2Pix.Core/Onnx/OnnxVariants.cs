
namespace Pix2Pix.Onnx;

/// <summary>Other forms of an exported generator for other runtimes, made of its ONNX file alone: no libtorch is needed.</summary>
public static class OnnxVariants
{
    /// <summary>The input of <see cref="OnnxInterface.Network"/>.</summary>
    public const string Input = "input";

    /// <summary>The output of <see cref="OnnxInterface.Network"/>.</summary>
    public const string Output = "output";

    /// <summary>Writes a model in another form. Its metadata stays.</summary>
    /// <param name="model">An ONNX file of <c>GeneratorExporter</c>.</param>
    /// <param name="format">The form.</param>
    /// <param name="stream">Where to write.</param>
    /// <exception cref="InvalidDataException">
    /// The bytes are no ONNX model; or the network alone is asked for, and the model was trained elsewhere.
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
