namespace Pix2Pix.Onnx;

/// <summary>Reads and changes the metadata_props of an ONNX file.</summary>
internal static class OnnxMetadata
{
    /// <summary>Returns the value of a key, or null if the model does not have that key.</summary>
    /// <param name="model">An ONNX model.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="InvalidDataException">The bytes are not a valid ONNX model.</exception>
    public static string? Find(ReadOnlyMemory<byte> model, string key)
        => ProtoMessage.Parse(model).Messages(ModelProto.MetadataProps)
            .FirstOrDefault(pair => pair.Text(StringStringEntryProto.Key) == key)?.Texts(StringStringEntryProto.Value).FirstOrDefault();

    /// <summary>Returns all keys and values.</summary>
    /// <param name="model">An ONNX model.</param>
    /// <exception cref="InvalidDataException">The bytes are not a valid ONNX model.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> All(ReadOnlyMemory<byte> model) => OnnxModel.Read(model).Metadata;

    /// <summary>
    /// Writes a model with the given keys and values appended to its metadata. Existing entries with the same keys are replaced. ML.NET can
    /// save and load the result.
    /// </summary>
    /// <param name="model">An ONNX model.</param>
    /// <param name="metadata">The keys and values to add.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <exception cref="InvalidDataException">The bytes are not a valid ONNX model.</exception>
    public static void Write(ReadOnlyMemory<byte> model, IReadOnlyCollection<KeyValuePair<string, string>> metadata, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(stream);
        Without(model, [.. metadata.Select(pair => pair.Key)])
            .Map((field, graph) => field == ModelProto.Graph ? ConstantNodes.Of(graph()) : null)
            .AddEach(ModelProto.MetadataProps, metadata.Select(pair => StringStringEntryProto.Of(pair.Key, pair.Value)))
            .WriteTo(stream);
    }

    /// <summary>Writes a model without the given keys in its metadata.</summary>
    /// <param name="model">An ONNX model.</param>
    /// <param name="keys">The keys to remove. Keys that the model does not have are ignored.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <exception cref="InvalidDataException">The bytes are not a valid ONNX model.</exception>
    public static void Remove(ReadOnlyMemory<byte> model, IEnumerable<string> keys, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(stream);
        Without(model, [.. keys]).WriteTo(stream);
    }

    private static ProtoMessage Without(ReadOnlyMemory<byte> model, HashSet<string> keys)
    {
        var message = ProtoMessage.Parse(model);
        return message.Without(ModelProto.MetadataProps)
            .AddEach(ModelProto.MetadataProps, message
                .Messages(ModelProto.MetadataProps).Where(pair => !keys.Contains(pair.Text(StringStringEntryProto.Key))));
    }
}

/// <summary>Standard ONNX metadata of image models: github.com/onnx/onnx/blob/main/docs/MetadataProps.md.</summary>
internal static class ImageMetadata
{
    public static ColorOrder? Order(IEnumerable<KeyValuePair<string, string>> metadata) => Find(metadata, "Image.BitmapPixelFormat") switch
    {
        "Rgb8" or "Rgba8" => ColorOrder.Rgb,
        "Bgr8" or "Bgra8" => ColorOrder.Bgr,
        _ => null,
    };

    public static ValueRange? Range(IEnumerable<KeyValuePair<string, string>> metadata) => Find(metadata, "Image.NominalPixelRange") switch
    {
        "NominalRange_0_255" => ValueRange.Bytes,
        "NominalRange_16_235" => new ValueRange(16, 235),
        "Normalized_0_1" => ValueRange.Unit,
        "Normalized_1_1" => ValueRange.SignedUnit,
        _ => null,
    };

    private static string? Find(IEnumerable<KeyValuePair<string, string>> metadata, string key)
        => metadata.FirstOrDefault(pair => pair.Key == key).Value;
}
