using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Native;

/// <summary>The names of native files on a platform, and the packages that contain them.</summary>
internal sealed record NativePlatform(string RuntimeIdentifier, string Prefix, string Suffix)
{
    public static NativePlatform Current { get; } = Detect();

    public bool IsLinux => RuntimeIdentifier.StartsWith("linux-", StringComparison.Ordinal);

    /// <summary>The packages that contain libtorch, as a phrase for an error message.</summary>
    public string LibTorchPackages => RuntimeIdentifier switch
    {
        "linux-x64" => "Pix2Pix.Runtime.Cpu.linux-x64 or Pix2Pix.Runtime.Cuda.linux-x64 (or libtorch-cpu-linux-x64 alone)",
        "win-x64" => "Pix2Pix.Runtime.Cpu.win-x64 or Pix2Pix.Runtime.Cuda.win-x64 (or libtorch-cpu-win-x64 alone)",
        "osx-arm64" => "Pix2Pix.Runtime.Cpu.osx-arm64 (or libtorch-cpu-osx-arm64 alone)",
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
