using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Pix2Pix;

/// <summary>Serializes options as JSON, as they are saved in model and checkpoint files.</summary>
internal static class OptionsJson
{
    /// <summary>The maximum length of invalid text that an error quotes.</summary>
    private const int QuotedLength = 200;

    private const int MaxLength = 1 << 24;

    /// <summary>Writes one line of JSON, with enums by name.</summary>
    public static string Write<T>(T options)
        where T : class
        => Write(options, Type<T>());

    /// <summary>Writes a record that another assembly declares.</summary>
    public static string Write<T>(T value, JsonTypeInfo<T> type)
        where T : class
        => JsonSerializer.Serialize(value, type);

    /// <summary>Reads the options that <see cref="Write{T}(T)"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <param name="defaults">The values of options that are missing, because an earlier version of the library wrote the text.</param>
    /// <exception cref="InvalidDataException">The text is not JSON, contains an unknown option, or a value is out of its range.</exception>
    public static T Read<T>(string json, T? defaults = null)
        where T : class
        => Read(json, Type<T>(), defaults);

    /// <summary>Reads a record that another assembly declares.</summary>
    public static T Read<T>(string json, JsonTypeInfo<T> type, T? defaults)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaxLength)
        {
            throw new InvalidDataException(
                $"The JSON of {typeof(T).Name} has {json.Length:#,0} characters; expected at most {MaxLength:#,0}.");
        }

        try
        {
            var complete = defaults is null ? json : Completed(json, Write(defaults, type));
            return JsonSerializer.Deserialize(complete, type) ?? throw new InvalidDataException("The JSON is null; expected an object.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException) // the last for invalid UTF-16
        {
            throw new InvalidDataException($"The JSON cannot be read as {typeof(T).Name}: {Quoted(json)}. {Quoted(e.Message)}", e);
        }
    }

    private static string Quoted(string text) => text.Length <= QuotedLength ? text : $"{text[..QuotedLength]}...";

    private static JsonTypeInfo<T> Type<T>() => (JsonTypeInfo<T>)CoreJson.Default.GetTypeInfo(typeof(T))!;

    // Generated code assigns every init-only property, and those that are missing in the text would be zero or null.
    private static string Completed(string json, string defaults)
        => JsonNode.Parse(json, documentOptions: new() { AllowDuplicateProperties = false }) is JsonObject options
            && Complete(options, (JsonObject)JsonNode.Parse(defaults)!)
            ? options.ToJsonString()
            : json;

    /// <summary>Adds missing members; false if there are none.</summary>
    private static bool Complete(JsonObject options, JsonObject defaults)
    {
        var isChanged = false;
        foreach (var (name, value) in defaults)
        {
            if (!options.TryGetPropertyValue(name, out var present))
                (options[name], isChanged) = (value?.DeepClone(), true);
            else if (present is JsonObject inner && value is JsonObject innerDefaults)
                isChanged |= Complete(inner, innerDefaults);
        }

        return isChanged;
    }
}

/// <summary>Argument checks of public members. The message contains the value, the range and the name of what was set.</summary>
internal static class Guard
{
    /// <summary>Returns <paramref name="value"/> if it is in [<paramref name="min"/>, <paramref name="max"/>].</summary>
    public static T InRange<T>(T value, T min, T max, [CallerMemberName] string name = "")
        where T : IComparable<T>
    {
        // CompareTo treats NaN as the smallest number; NaN must fail both checks.
        if (value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0)
            return value;
        throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; expected a value from {min} to {max}.");
    }

    /// <summary>Returns <paramref name="value"/> if it is not null.</summary>
    public static T NotNull<T>(T value, [CallerMemberName] string name = "")
        where T : class
        => value ?? throw new ArgumentNullException(name);

    /// <summary>Returns <paramref name="value"/> if it contains anything but whitespace.</summary>
    public static string NotEmpty(string? value, string expected, [CallerMemberName] string name = "")
        => string.IsNullOrWhiteSpace(value) ? throw new ArgumentException($"{name} is empty; expected {expected}.", name) : value;

    /// <summary>Returns <paramref name="value"/> if it can be a path: not empty, and without a null character.</summary>
    public static string Path(string? value, string expected, [CallerMemberName] string name = "")
        => NotEmpty(value, expected, name) is var path && path.Contains('\0')
            ? throw new ArgumentException($"{name} contains a null character; expected {expected}.", name)
            : path;

    /// <summary>Returns <paramref name="value"/> if it is a named value of the enum.</summary>
    public static T Defined<T>(T value, [CallerMemberName] string name = "")
        where T : struct, Enum
    {
        if (Enum.IsDefined(value))
            return value;
        throw new ArgumentOutOfRangeException(
            name, value, $"{name} is {value}; expected one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    /// <summary>Returns <paramref name="value"/> if it consists only of named flags of the enum.</summary>
    public static T DefinedFlags<T>(T value, [CallerMemberName] string name = "")
        where T : struct, Enum
    {
        var known = Enum.GetValues<T>().Aggregate(0L, (all, flag) => all | Convert.ToInt64(flag, CultureInfo.InvariantCulture));
        if ((Convert.ToInt64(value, CultureInfo.InvariantCulture) & ~known) == 0)
            return value;
        throw new ArgumentOutOfRangeException(
            name, value, $"{name} is {value}; expected a combination of {string.Join(", ", Enum.GetNames<T>())}.");
    }
}
