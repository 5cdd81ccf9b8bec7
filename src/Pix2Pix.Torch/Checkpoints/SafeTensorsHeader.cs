using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// The head of a safetensors file (github.com/huggingface/safetensors, "Format"): a JSON object of name -> dtype, shape, data_offsets, and
/// "__metadata__" of texts. The tensors follow each other without gap or overlap and fill the data to its end.
/// </summary>
/// <param name="Tensors">In the order of their bytes.</param>
/// <param name="Metadata">Texts by name.</param>
internal sealed record SafeTensorsHeader(IReadOnlyList<SafeTensorsEntry> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The limit of the reference implementation.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>The member that is no tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The data begins at a multiple of this many bytes; spaces fill the header up.</summary>
    private const int Alignment = 8;

    /// <summary>The bytes behind the header.</summary>
    public long DataLength => Tensors.Count == 0 ? 0 : Tensors[^1].End;

    /// <summary>Lays tensors out in the order given.</summary>
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

    /// <summary>The JSON, filled up with spaces.</summary>
    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Relaxed: the metadata is JSON itself, and shall be legible in the file.
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
