using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Pix2Pix.Reporting;

/// <summary>Describes the environment of a program: the information needed to compare times or to reproduce results bit for bit.</summary>
internal static class RunEnvironment
{
    private static readonly string[] Libraries = ["Pix2Pix.ML", "Pix2Pix.Torch", "TorchSharp", "Microsoft.ML.Core", "Microsoft.ML.OnnxRuntime"];

    /// <summary>
    /// Returns the system, the processor, the memory, the .NET version, and the versions of the libraries in use, by name.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Describe() =>
    [
        new("System", $"{RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})"),
        new("Processor", Processor() is { } name ? $"{name}, {Cores}" : Cores),
        new("Memory", string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30):0.0} GiB")),
        new(".NET", Environment.Version.ToString()),
        .. AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => Libraries.Contains(assembly.GetName().Name))
            .OrderBy(assembly => assembly.GetName().Name, StringComparer.Ordinal)
            .Select(assembly => new KeyValuePair<string, string>(assembly.GetName().Name!, Version(assembly))),
    ];

    private static string Cores => Environment.ProcessorCount == 1 ? "1 core" : $"{Environment.ProcessorCount} cores";

    // .NET does not provide the processor's name; Linux and Windows do.
    private static string? Processor()
    {
        if (OperatingSystem.IsWindows())
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Without the commit that builds append after a plus sign.
    private static string Version(Assembly assembly)
        => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}

/// <summary>An option as a table row.</summary>
/// <param name="Name">The name; nested options are separated by a dot.</param>
/// <param name="Value">The value.</param>
/// <param name="IsDefault">Whether the value is the default.</param>
internal sealed record OptionRow(string Name, string Value, bool IsDefault)
{
    /// <summary>Returns all options of a record, in declaration order.</summary>
    public static IReadOnlyList<OptionRow> Of<T>(T options, T defaults)
        where T : class
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
