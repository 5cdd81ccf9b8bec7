namespace Pix2Pix.Torch.Onnx;

/// <summary>Adds to the metadata_props of a finished ONNX file.</summary>
public static class OnnxMetadata
{
    private const int MetadataProps = 14; // ModelProto

    /// <summary>
    /// Writes a key and its value behind a model: the fields of a protocol buffer may follow in any order, so a model with this behind
    /// it is a model. The key must not be in the model yet.
    /// </summary>
    /// <param name="stream">A stream that ends with an ONNX model.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    public static void Append(Stream stream, string key, string value)
    {
        ArgumentNullException.ThrowIfNull(stream);
        new ProtoMessage().Add(MetadataProps, new ProtoMessage().Add(1, key).Add(2, value)).WriteTo(stream);
    }
}
