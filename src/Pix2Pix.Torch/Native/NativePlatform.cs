using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Native;

/// <summary>How native files are called on a platform, and which packages carry them.</summary>
internal sealed record NativePlatform(string RuntimeIdentifier, string Prefix, string Suffix)
{
    public static NativePlatform Current { get; } = Detect();

    public bool IsLinux => RuntimeIdentifier.StartsWith("linux-", StringComparison.Ordinal);

    /// <summary>The packages that bring libtorch, as a phrase for an error.</summary>
    public string LibTorchPackages => RuntimeIdentifier switch
    {
        "linux-x64" => "libtorch-cpu-linux-x64 (or TorchSharp-cuda-linux)",
        "win-x64" => "libtorch-cpu-win-x64 (or TorchSharp-cuda-windows)",
        "osx-arm64" => "libtorch-cpu-osx-arm64",
        _ => "TorchSharp-cpu",
    };

    public string FileName(string library) => Prefix + library + Suffix;

    private static NativePlatform Detect()
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        if (OperatingSystem.IsWindows())
            return new($"win-{architecture}", "", ".dll");
        if (OperatingSystem.IsMacOS())
            return new($"osx-{architecture}", "lib", ".dylib");
        return new($"linux-{architecture}", "lib", ".so");
    }
}
