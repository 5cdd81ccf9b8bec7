using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// The header of a safetensors file (github.com/huggingface/safetensors, "Format"): a JSON object that maps names to dtype, shape and
/// data_offsets, and "__metadata__" to strings. The tensors are contiguous, without gaps or overlaps, and fill the data to its end.
/// </summary>
/// <param name="Tensors">The tensors, in the order of their bytes.</param>
/// <param name="Metadata">The strings by name.</param>
internal sealed record SafeTensorsHeader(IReadOnlyList<SafeTensorsEntry> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The limit of the reference implementation.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>The member that is not a tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The data begins at a multiple of this number of bytes; the header is padded with spaces.</summary>
    private const int Alignment = 8;

    /// <summary>The number of bytes after the header.</summary>
    public long DataLength => Tensors.Count == 0 ? 0 : Tensors[^1].End;

    /// <summary>Lays out tensors in the given order.</summary>
    public static SafeTensorsHeader Of(
        IEnumerable<(string Name, string Type, long[] Shape)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var (entries, end) = (new List<SafeTensorsEntry>(), 0L);
        foreach (var (name, type, shape) in tensors)
        {
            var begin = end;
            end += shape.Aggregate((long)SafeTensorsType.SizeOf(type)!.Value, (product, side) => product * side);
            entries.Add(new SafeTensorsEntry(name, type, shape, begin, end));
        }

        return new SafeTensorsHeader(entries, metadata);
    }

    /// <summary>The JSON, padded with spaces.</summary>
    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Relaxed escaping: the metadata is itself JSON and should be readable in the file.
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataName);
            foreach (var (name, text) in Metadata)
                json.WriteString(name, text);
            json.WriteEndObject();
            foreach (var tensor in Tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type);
                Write(json, "shape", tensor.Shape);
                Write(json, "data_offsets", [tensor.Begin, tensor.End]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        var padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
