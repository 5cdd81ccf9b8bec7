using System.Reflection;
using System.Runtime.InteropServices;

namespace Quickstart;

/// <summary>Where a run took place.</summary>
internal static class Machine
{
    private static readonly string[] Libraries =
        ["Pix2Pix.ML", "Pix2Pix.Torch", "Microsoft.ML.Core", "Microsoft.ML.OnnxRuntime", "TorchSharp"];

    /// <summary>System, cores, .NET, and the versions of the libraries in use.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Describe() =>
    [
        new("System", $"{RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})"),
        new("Cores", Environment.ProcessorCount.ToString()),
        new(".NET", Environment.Version.ToString()),
        .. AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => Libraries.Contains(assembly.GetName().Name))
            .OrderBy(assembly => assembly.GetName().Name, StringComparer.Ordinal)
            .Select(assembly => new KeyValuePair<string, string>(assembly.GetName().Name!, Version(assembly))),
    ];

    // Without the commit that builds append after a plus.
    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
