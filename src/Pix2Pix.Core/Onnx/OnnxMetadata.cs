namespace Pix2Pix.Onnx;

/// <summary>Changes the metadata_props of a finished ONNX file.</summary>
public static class OnnxMetadata
{
    private const int MetadataProps = 14; // ModelProto

    /// <summary>The value of a key, or null where the model has none such.</summary>
    /// <param name="model">An ONNX model.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    public static string? Find(ReadOnlyMemory<byte> model, string key)
        => ProtoMessage.Parse(model).Messages(MetadataProps)
            .FirstOrDefault(pair => pair.Texts(1).FirstOrDefault() == key)?.Texts(2).FirstOrDefault();

    /// <summary>All keys and values.</summary>
    /// <param name="model">An ONNX model.</param>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> All(ReadOnlyMemory<byte> model) => OnnxModel.Read(model).Metadata;

    /// <summary>Writes a model with these keys and values in its metadata, behind others and in place of those of the same key.</summary>
    /// <param name="model">An ONNX model.</param>
    /// <param name="metadata">Keys and values.</param>
    /// <param name="stream">Where to write.</param>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    public static void Write(ReadOnlyMemory<byte> model, IReadOnlyCollection<KeyValuePair<string, string>> metadata, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(stream);
        Without(model, [.. metadata.Select(pair => pair.Key)])
            .AddEach(MetadataProps, metadata.Select(pair => new ProtoMessage().Add(1, pair.Key).Add(2, pair.Value)))
            .WriteTo(stream);
    }

    /// <summary>Writes a model without these keys in its metadata.</summary>
    /// <param name="model">An ONNX model.</param>
    /// <param name="keys">Keys, which it may have or not.</param>
    /// <param name="stream">Where to write.</param>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    public static void Remove(ReadOnlyMemory<byte> model, IEnumerable<string> keys, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(stream);
        Without(model, [.. keys]).WriteTo(stream);
    }

    private static ProtoMessage Without(ReadOnlyMemory<byte> model, HashSet<string> keys)
    {
        var message = ProtoMessage.Parse(model);
        return message.Without(MetadataProps)
            .AddEach(MetadataProps, message.Messages(MetadataProps).Where(pair => !keys.Contains(pair.Texts(1).FirstOrDefault() ?? string.Empty)));
    }
}
