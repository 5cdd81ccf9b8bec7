using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pix2Pix;

/// <summary>Serializes options as JSON, as they are saved in model and checkpoint files.</summary>
public static class OptionsJson
{
    /// <summary>The maximum length of invalid text that an error quotes.</summary>
    private const int QuotedLength = 200;

    // Strict: ignoring an unknown option would silently change the model.
    private static readonly JsonSerializerOptions Settings = new()
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes one line of JSON, with enums by name.</summary>
    public static string Write<T>(T options) => JsonSerializer.Serialize(options, Settings);

    /// <summary>Reads the options that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The text is not JSON, contains an unknown option, or a value is out of its range.</exception>
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
