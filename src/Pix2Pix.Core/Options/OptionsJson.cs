using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pix2Pix;

/// <summary>Serializes options as JSON, as they are saved in model and checkpoint files.</summary>
internal static class OptionsJson
{
    /// <summary>The maximum length of invalid text that an error quotes.</summary>
    private const int QuotedLength = 200;

    private const int MaxLength = 1 << 24;

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
        if (json.Length > MaxLength)
        {
            throw new InvalidDataException(
                $"The JSON of {typeof(T).Name} has {json.Length:#,0} characters; expected at most {MaxLength:#,0}.");
        }

        try
        {
            return JsonSerializer.Deserialize<T>(json, Settings) ?? throw new InvalidDataException("The options are null.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"The JSON cannot be read as {typeof(T).Name}: {Quoted(json)}. {Quoted(e.Message)}", e);
        }
    }

    private static string Quoted(string text) => text.Length <= QuotedLength ? text : $"{text[..QuotedLength]}...";
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
            name, value, $"{name} is {value}; expected any of {string.Join(", ", Enum.GetNames<T>())} together.");
    }
}
