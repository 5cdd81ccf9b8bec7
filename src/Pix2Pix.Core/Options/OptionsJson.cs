using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pix2Pix;

/// <summary>Options as JSON, the way they travel inside the files we write.</summary>
public static class OptionsJson
{
    /// <summary>How much of a text that is not understood stands in the error.</summary>
    private const int QuotedLength = 200;

    // Strict: an option that this version does not know would change the model without a word.
    private static readonly JsonSerializerOptions Settings = new()
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>One line of JSON, enums by name.</summary>
    public static string Write<T>(T options) => JsonSerializer.Serialize(options, Settings);

    /// <summary>The options that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The text is not JSON, names an unknown option, or a value is out of its range.</exception>
    public static T Read<T>(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize<T>(json, Settings) ?? throw new InvalidDataException("The options are null.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            var quoted = json.Length <= QuotedLength ? json : $"{json[..QuotedLength]}...";
            throw new InvalidDataException($"These are no {typeof(T).Name}: {quoted}. {e.Message}", e);
        }
    }
}
