using System.Globalization;

namespace Pix2Pix.Onnx;

/// <summary>
/// Adapts image-to-image models that were trained with other tools to this library's interface: images as bytes in and out.
/// </summary>
internal static class ImageModel
{
    /// <summary>Reads an ONNX file and inlines any weights that it stores in separate files.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="FileNotFoundException">The file or one of its weight files does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not a valid ONNX model, its weights are outside its folder, or its weights exceed the limit of 2 GB for one file.
    /// </exception>
    public static byte[] Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"The file '{path}' does not exist; expected an ONNX model.", path);
        if (new FileInfo(path).Length > Array.MaxLength)
            throw new InvalidDataException($"'{path}' is larger than 2 GB; expected an ONNX model, which is at most 2 GB.");
        try
        {
            return ExternalWeights.Inline(File.ReadAllBytes(path), Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{path}' cannot be read as an ONNX model: {e.Message}", e);
        }
    }

    /// <summary>Returns whether a model already has this library's interface, so that it needs no adaptation.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a valid ONNX model.</exception>
    public static bool IsOurs(ReadOnlyMemory<byte> model)
    {
        var file = OnnxModel.Read(model);
        return file.Inputs.Any(input => input.Name == OnnxNames.Input) && file.Metadata.Any(pair => pair.Key == OnnxNames.Version);
    }

    /// <summary>
    /// Writes a model that takes and returns images as described in <see cref="OnnxNames"/>. The network itself is not changed.
    /// </summary>
    /// <param name="model">
    /// An ONNX model, opset 9 or later, with one input and one output of shape (N, C, H, W) or (N, H, W, C), type float, float16 or uint8,
    /// with 1 (gray), 3 or 4 (with alpha) channels.
    /// </param>
    /// <param name="options">The properties that cannot be read from the model.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <returns>The images that the model takes and returns.</returns>
    /// <exception cref="InvalidDataException">
    /// The model does not meet these requirements. The message lists all inputs and outputs.
    /// </exception>
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

/// <summary>Inlines the weights that an ONNX model stores in separate files (external data in onnx.proto).</summary>
internal static class ExternalWeights
{
    private const int External = 1; // DataLocation

    /// <summary>Returns the model with inlined weights, or the same array if the model has no external weights.</summary>
    /// <exception cref="InvalidDataException">
    /// The bytes are not a valid ONNX model, or the weights are outside the model's folder or too large.
    /// </exception>
    /// <exception cref="FileNotFoundException">One of the files is missing.</exception>
    public static byte[] Inline(byte[] model, string folder)
    {
        var message = ProtoMessage.Parse(model);
        var graph = message.Messages(ModelProto.Graph).FirstOrDefault() ?? throw new InvalidDataException("The ONNX model has no graph.");
        ProtoMessage[] tensors = [.. graph.Messages(GraphProto.Initializer)];
        if (!tensors.Any(IsExternal))
            return model;

        long total = model.Length;
        List<ProtoMessage> constants = [];
        foreach (var tensor in tensors)
        {
            var inlined = IsExternal(tensor) ? WithBytes(tensor, folder) : tensor;
            total += IsExternal(tensor) ? inlined.Bytes(TensorProto.RawData).Sum(bytes => (long)bytes.Length) : 0;
            if (total > Array.MaxLength)
                throw new InvalidDataException("With its weights it is larger than 2 GB, the limit of an ONNX model.");
            constants.Add(inlined);
        }

        using var stream = new MemoryStream((int)total);
        var complete = graph.Without(GraphProto.Initializer).AddEach(GraphProto.Initializer, constants);
        message.Without(ModelProto.Graph).Add(ModelProto.Graph, complete).WriteTo(stream);
        return stream.ToArray();
    }

    private static bool IsExternal(ProtoMessage tensor) => tensor.Numbers(TensorProto.DataLocation).FirstOrDefault() == External;

    private static ProtoMessage WithBytes(ProtoMessage tensor, string folder)
    {
        var entries = tensor.Messages(TensorProto.ExternalData)
            .DistinctBy(Key)
            .ToDictionary(Key, entry => entry.Text(StringStringEntryProto.Value));
        var path = PathOf(entries.GetValueOrDefault("location", string.Empty), folder);
        using var file = File.OpenRead(path);
        var offset = Number(entries, "offset", 0);
        var length = Number(entries, "length", Math.Max(0, file.Length - offset));
        if (offset < 0 || length < 0 || length > Array.MaxLength || offset > file.Length - length)
            throw new InvalidDataException($"Its weights are {length} bytes at offset {offset} of '{path}', but the file has only " +
                $"{file.Length} bytes.");
        var bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return tensor.Without(TensorProto.ExternalData).Without(TensorProto.DataLocation)
            .Add(TensorProto.RawData, bytes);
    }

    private static string PathOf(string location, string folder)
    {
        var path = Path.GetFullPath(location, folder);
        var inside = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        if (location.Length == 0 || Path.IsPathRooted(location) || !path.StartsWith(inside, StringComparison.Ordinal))
            throw new InvalidDataException($"It references the weights file '{location}'; expected a file in its own folder.");
        return File.Exists(path) ? path : throw new FileNotFoundException($"The ONNX model's weights file '{path}' does not exist.", path);
    }

    private static string Key(ProtoMessage entry) => entry.Text(StringStringEntryProto.Key);

    private static long Number(Dictionary<string, string> entries, string key, long otherwise)
        => !entries.TryGetValue(key, out var text) ? otherwise
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new InvalidDataException($"The {key} of its weights is '{text}'; expected a number.");
}
