using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// The header of a safetensors file (github.com/huggingface/safetensors, "Format"): a JSON object that maps names to dtype, shape and
/// data_offsets, and "__metadata__" to strings. The tensors are contiguous, without gaps or overlaps, and fill the data to its end.
/// </summary>
/// <param name="Tensors">The tensors, in the order of their bytes.</param>
/// <param name="Metadata">The strings in "__metadata__", by name.</param>
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

/// <summary>A tensor in a safetensors file.</summary>
/// <param name="Name">The name, unique in the file.</param>
/// <param name="Type">The data type, by its name in the file.</param>
/// <param name="Shape">The shape; empty for a scalar.</param>
/// <param name="Begin">The offset of the first byte, from the start of the data.</param>
/// <param name="End">The offset after the last byte.</param>
internal sealed record SafeTensorsEntry(string Name, string Type, long[] Shape, long Begin, long End)
{
    /// <summary>The type and shape as text: "F32 64x3x4x4"; for a scalar, "F32 scalar".</summary>
    public string Form => FormOf(Type, Shape);

    public static string FormOf(string type, long[] shape) => $"{type} {FormOf(shape)}";

    public static string FormOf(long[] shape) => shape.Length == 0 ? "scalar" : string.Join('x', shape);
}

/// <summary>Reads and validates the header of a safetensors file.</summary>
internal static class SafeTensorsHeaderReader
{
    /// <summary>Reads and validates the JSON.</summary>
    /// <param name="bytes">The header without its length.</param>
    /// <param name="dataLength">The number of bytes that follow the header in the file.</param>
    /// <exception cref="InvalidDataException">The header is invalid; the message does not contain the file name.</exception>
    public static SafeTensorsHeader Read(ReadOnlyMemory<byte> bytes, long dataLength)
    {
        var (tensors, metadata) = (new List<SafeTensorsEntry>(), new Dictionary<string, string>());
        try
        {
            using var json = JsonDocument.Parse(bytes, new() { AllowDuplicateProperties = false });
            foreach (var item in Members(json.RootElement, "The header"))
            {
                if (item.Name != SafeTensorsHeader.MetadataName)
                    tensors.Add(Entry(item.Name, item.Value));
                else
                    metadata = Members(item.Value, SafeTensorsHeader.MetadataName).ToDictionary(p => p.Name, Text);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: a value of another kind, or invalid UTF-8
        {
            throw new InvalidDataException($"The header is not valid safetensors JSON: {e.Message}", e);
        }

        tensors.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        CheckContiguous(tensors, dataLength);
        return new SafeTensorsHeader(tensors, metadata);
    }

    private static SafeTensorsEntry Entry(string name, JsonElement value)
    {
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        foreach (var member in Members(value, $"Tensor '{name}'"))
        {
            switch (member.Name)
            {
                case "dtype":
                    type = member.Value.GetString();
                    break;
                case "shape":
                    shape = Numbers(name, member);
                    break;
                case "data_offsets":
                    offsets = Numbers(name, member);
                    break;
                default:
                    throw new InvalidDataException($"Tensor '{name}' has an unknown member '{member.Name}'.");
            }
        }

        if (type is null || shape is null || offsets is not [var begin, var end])
            throw new InvalidDataException($"Tensor '{name}' is incomplete; expected dtype, shape and two data_offsets.");
        var size = SafeTensorsType.SizeOf(type)
            ?? throw new InvalidDataException($"Tensor '{name}' has type '{type}'; expected one of {SafeTensorsType.Names}.");
        if (Bytes(size, shape) is not { } length || begin > end || end - begin != length)
        {
            throw new InvalidDataException(
                $"Tensor '{name}' has data_offsets {begin} and {end}, which do not match its type and shape, " +
                $"{SafeTensorsEntry.FormOf(type, shape)}.");
        }

        return new SafeTensorsEntry(name, type, shape, begin, end);
    }

    // Null if the product is larger than any file.
    private static long? Bytes(long size, long[] shape)
    {
        if (shape.Contains(0))
            return 0;
        foreach (var side in shape)
        {
            if (side > long.MaxValue / size)
                return null;
            size *= side;
        }

        return size;
    }

    private static void CheckContiguous(List<SafeTensorsEntry> tensors, long dataLength)
    {
        var end = 0L;
        foreach (var tensor in tensors)
        {
            if (tensor.Begin != end)
            {
                throw new InvalidDataException(
                    $"Tensor '{tensor.Name}' begins at byte {tensor.Begin} of the data; expected {end}, the end of the previous tensor.");
            }

            end = tensor.End;
        }

        if (end != dataLength)
        {
            throw new InvalidDataException(
                $"The tensors have {end} bytes in total; expected {dataLength}, the number of bytes after the header.");
        }
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement value, string what) => value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject()
        : throw new InvalidDataException($"{what} is not a JSON object.");

    private static long[] Numbers(string tensor, JsonProperty member)
    {
        if (member.Value.ValueKind == JsonValueKind.Array)
        {
            var numbers = new List<long>();
            foreach (var item in member.Value.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number) || number < 0)
                    throw Error();
                numbers.Add(number);
            }

            return [.. numbers];
        }

        throw Error();

        InvalidDataException Error() => new(
            $"The {member.Name} of tensor '{tensor}' is {Short(member.Value.GetRawText())}; expected an array of non-negative integers.");
    }

    private static string Text(JsonProperty member)
        => member.Value.GetString() ?? throw new InvalidDataException($"'{member.Name}' in {SafeTensorsHeader.MetadataName} is not a " +
            "string.");

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..60]}...";
}
