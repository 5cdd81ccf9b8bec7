using System.IO.Hashing;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>A checkpoint to change. It is written with the checksum of what it then contains.</summary>
internal sealed class AlteredCheckpoint
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public AlteredCheckpoint(byte[] bytes)
    {
        var length = (int)BitConverter.ToInt64(bytes);
        Header = (JsonObject)JsonNode.Parse(bytes.AsSpan(8, length))!;
        Document = (string)Header["__metadata__"]!["pix2pix.checkpoint"]!;
        Data = bytes[(8 + length)..];
    }

    /// <summary>The tensors, and the metadata without its document and checksum.</summary>
    public JsonObject Header { get; }

    public string Document { get; set; }

    public byte[] Data { get; set; }

    public static AlteredCheckpoint Read(string path) => new(File.ReadAllBytes(path));

    public void Write(string path)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes(Document));
        foreach (var line in Header.Where(member => member.Key != "__metadata__").OrderBy(Begin).Select(Line))
            hash.Append(Encoding.UTF8.GetBytes(line));
        hash.Append(Data);
        if (Header["__metadata__"] is JsonObject metadata)
        {
            metadata["pix2pix.checkpoint"] = Document;
            metadata["pix2pix.checksum"] = Convert.ToHexStringLower(hash.GetCurrentHash());
        }

        var header = Encoding.UTF8.GetBytes(Header.ToJsonString(Readable));
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. header, .. Data]);
    }

    private static long Begin(KeyValuePair<string, JsonNode?> tensor)
        => tensor.Value is JsonObject entry && entry["data_offsets"] is JsonArray { Count: > 0 } offsets
            && offsets[0] is JsonValue begin && begin.TryGetValue(out long at) ? at : 0;

    private static string Line(KeyValuePair<string, JsonNode?> tensor) => tensor.Value is JsonObject entry && entry["shape"] is JsonArray shape
        ? $"\n{tensor.Key} {entry["dtype"]} {(shape.Count == 0 ? "scalar" : string.Join('x', shape.Select(side => $"{side}")))}"
        : string.Empty;
}

/// <summary>Finds and changes the values of a JSON document.</summary>
internal static class JsonAlterations
{
    /// <summary>What takes a value's place, as JSON; null removes the value.</summary>
    public static IReadOnlyList<string?> Values { get; } =
    [
        null, "null", "true", "\"\"", "\"text\"", "\"NaN\"", "\"\\u0000\"", "\"\\ud800\"", "-1", "0", "1.5", "-0.0000001", "2147483647", "2147483648",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e308", "1e999", "-1e999", "[]", "{}", "[1]", "[null]",
        "{\"a\":1,\"a\":2}", "{\"a\":{\"a\":1}}", "\"-10675199.02:48:05.4775808\"", "\"10675199.02:48:05.4775807\"",
    ];

    /// <summary>The paths of all values, groups included: names and indices.</summary>
    public static IEnumerable<object[]> Paths(JsonNode? node) => node switch
    {
        JsonObject group => group.SelectMany(member => Below(member.Key, member.Value)),
        JsonArray list => list.Index().SelectMany(item => Below(item.Index, item.Item)),
        _ => [],
    };

    /// <summary>The document with another value at a path.</summary>
    public static string With(string json, object[] path, string? value)
    {
        var root = JsonNode.Parse(json)!;
        var parent = path[..^1].Aggregate(root, (node, part) => part is string name ? node[name]! : node[(int)part]!);
        const string Mark = "\"!here!\"";
        if (path[^1] is string member)
        {
            if (value is null)
                ((JsonObject)parent).Remove(member);
            else
                parent[member] = "!here!";
        }
        else if (value is null)
            ((JsonArray)parent).RemoveAt((int)path[^1]);
        else
            parent[(int)path[^1]] = "!here!";
        return root.ToJsonString().Replace(Mark, value);
    }

    private static IEnumerable<object[]> Below(object part, JsonNode? value)
        => Paths(value).Select(path => (object[])[part, .. path]).Prepend([part]);
}
