using System.Text.Json;

namespace Pix2Pix.Torch.Checkpoints;

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
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: another kind of value, no UTF-8
        {
            throw new InvalidDataException($"The header is not the JSON of a safetensors file: {e.Message}", e);
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
            throw new InvalidDataException($"Tensor '{name}' lacks its dtype, its shape or its two data_offsets.");
        var size = SafeTensorsType.SizeOf(type)
            ?? throw new InvalidDataException($"Tensor '{name}' is of type '{type}'; expected one of {SafeTensorsType.Names}.");
        if (Bytes(size, shape) is not { } length || begin > end || end - begin != length)
        {
            throw new InvalidDataException(
                $"Tensor '{name}' ({SafeTensorsEntry.FormOf(type, shape)}) does not fit its data_offsets, {begin} to {end}.");
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
                    $"Tensor '{tensor.Name}' begins at byte {tensor.Begin} of the data; expected {end}, where the one before it ends.");
            }

            end = tensor.End;
        }

        if (end != dataLength)
            throw new InvalidDataException($"The tensors take {end} bytes, but {dataLength} follow the header.");
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement value, string what) => value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject()
        : throw new InvalidDataException($"{what} is no JSON object.");

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
            $"The {member.Name} of tensor '{tensor}' are no whole numbers from 0: {Short(member.Value.GetRawText())}.");
    }

    private static string Text(JsonProperty member)
        => member.Value.GetString() ?? throw new InvalidDataException($"'{member.Name}' in {SafeTensorsHeader.MetadataName} is no text.");

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..60]}...";
}
