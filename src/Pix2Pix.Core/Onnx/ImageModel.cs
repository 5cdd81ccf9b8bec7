namespace Pix2Pix.Onnx;

/// <summary>Image-to-image models that were trained elsewhere, in the form of ours: pictures of bytes in and out.</summary>
public static class ImageModel
{
    /// <summary>The bytes of an ONNX file, with the weights in them that it keeps in files beside it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or none of its weights.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model; or its weights are outside of its folder, or more than the 2 GB of one file.
    /// </exception>
    public static byte[] Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'; expected an ONNX model.", path);
        if (new FileInfo(path).Length > Array.MaxLength)
            throw new InvalidDataException($"'{path}' has more than 2 GB; an ONNX model has less.");
        try
        {
            return ExternalWeights.Inline(File.ReadAllBytes(path), Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{path}' cannot be read as an ONNX model: {e.Message}", e);
        }
    }

    /// <summary>Whether a model takes and gives pictures as ours do, so that nothing is to be added.</summary>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    public static bool IsOurs(ReadOnlyMemory<byte> model)
    {
        var file = OnnxModel.Read(model);
        return file.Inputs.Any(input => input.Name == OnnxNames.Input) && file.Metadata.Any(pair => pair.Key == OnnxNames.Version);
    }

    /// <summary>
    /// Writes a model that takes and gives pictures, as <see cref="OnnxNames"/> describes; the network in it stays as it is.
    /// </summary>
    /// <param name="model">
    /// An ONNX model, of opset 9 or later, with one input of (N, C, H, W) or (N, H, W, C), float, float16 or uint8, and such an output;
    /// with 1 channel (gray), 3, or 4 (with alpha).
    /// </param>
    /// <param name="options">What the model does not tell.</param>
    /// <param name="stream">Where to write.</param>
    /// <returns>What it takes and gives.</returns>
    /// <exception cref="InvalidDataException">It is no such model; the message names all inputs and outputs.</exception>
    /// <exception cref="ArgumentException">The options contradict the model.</exception>
    public static ModelShape Write(ReadOnlyMemory<byte> model, ImageModelOptions options, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        var file = OnnxModel.Read(model);
        var plan = new ImageModelPlan(file, options);
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
