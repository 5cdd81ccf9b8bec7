using System.Text.Json.Nodes;

namespace Pix2Pix.Reporting;

/// <summary>An option as a table row.</summary>
/// <param name="Name">The name; nested options are separated by a dot.</param>
/// <param name="Value">The value.</param>
/// <param name="IsDefault">Whether the value is the default.</param>
internal sealed record OptionRow(string Name, string Value, bool IsDefault)
{
    /// <summary>Returns all options of a record, in declaration order.</summary>
    public static IReadOnlyList<OptionRow> Of<T>(T options, T defaults)
    {
        var usual = Flat(JsonNode.Parse(OptionsJson.Write(defaults)), string.Empty).ToDictionary();
        return [.. Flat(JsonNode.Parse(OptionsJson.Write(options)), string.Empty).Select(
            option => new OptionRow(option.Key, option.Value, usual.GetValueOrDefault(option.Key) == option.Value))];
    }

    private static IEnumerable<KeyValuePair<string, string>> Flat(JsonNode? node, string name) => node switch
    {
        JsonObject inner => inner.SelectMany(member => Flat(member.Value, name.Length == 0 ? member.Key : $"{name}.{member.Key}")),
        null => [new(name, "not set")],
        JsonArray list => [new(name, list.ToJsonString())],
        _ => [new(name, node.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.True => "yes",
            System.Text.Json.JsonValueKind.False => "no",
            _ => node.ToString(),
        })],
    };
}
