namespace Pix2Pix.Onnx;

/// <summary>
/// Adapts image-to-image models that were trained with other tools to this library's interface: images as bytes in and out.
/// </summary>
internal static class ImageModel
{
    /// <summary>Returns whether a model already has this library's interface, so that it needs no adaptation.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a valid ONNX model.</exception>
    public static bool IsOurs(ReadOnlyMemory<byte> model)
    {
        var file = OnnxModel.Read(model);
        return file.Inputs.Any(input => input.Name == OnnxNames.Input) && file.Metadata.Any(pair => pair.Key == OnnxNames.Version);
    }

    /// <summary>
    /// Writes a model that takes and returns images as described in <see cref="OnnxNames"/>. The network itself is not changed, except as
    /// <see cref="DeterministicModel"/> describes.
    /// </summary>
    /// <param name="model">
    /// An ONNX model, opset 9 or later, with one input and one output of shape (N, C, H, W) or (N, H, W, C), type float, float16 or uint8,
    /// with 1 (gray), 3 or 4 (with alpha) channels.
    /// </param>
    /// <param name="options">The properties that cannot be read from the model.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <returns>The images that the model takes and returns.</returns>
    /// <exception cref="InvalidDataException">
    /// The model does not meet these requirements, and the message lists all inputs and outputs; or it draws random numbers.
    /// </exception>
    /// <exception cref="ArgumentException">The options contradict the model.</exception>
    public static ModelShape Write(ReadOnlyMemory<byte> model, ImageModelOptions options, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        var message = ProtoMessage.Parse(model);
        var plan = new ImageModelPlan(OnnxModel.Read(message), options);
        var file = OnnxModel.Read(DeterministicModel.Of(message));
        var graph = new OnnxGraph(file);
        var pixels = new PixelGraph(graph, OnnxNames.Input);
        pixels.Input(plan.InputName, plan.Input);
        graph.Add(file);
        pixels.Output(plan.OutputName, plan.Output);

        string[] ours = [OnnxNames.Version, OnnxNames.Shape];
        KeyValuePair<string, string>[] metadata =
        [
            .. file.Metadata.Where(pair => !ours.Contains(pair.Key)),
            new(OnnxNames.Version, OnnxNames.CurrentVersion),
            new(OnnxNames.Shape, OptionsJson.Write(plan.Shape)),
        ];
        graph.ToModel([plan.Shape.InputImages()], plan.Shape.OutputImages(), metadata).WriteTo(stream);
        return plan.Shape;
    }
}
