namespace Pix2Pix.Onnx;

/// <summary>A model without a network that returns its input unchanged.</summary>
public static class EmptyModel
{
    /// <summary>Writes a model for images of the given shape, with the names in <see cref="OnnxNames"/>.</summary>
    public static void Write(ModelShape shape, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(stream);
        var graph = new OnnxGraph("empty");
        graph.NodeAs(OnnxNames.Output, "Identity", [OnnxNames.Input]);
        graph.ToModel([shape.InputImages()], shape.OutputImages().Take(1), []).WriteTo(stream);
    }
}
