using System.Runtime.InteropServices;
using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch.Tests.Native;

/// <summary>The native libraries in the tests' own output.</summary>
internal static class RealLibraries
{
    public static string LibTorch { get; } = Path.Combine(AppContext.BaseDirectory, "libtorch");

    public static string SmallLibrary { get; } = Path.Combine(LibTorch, "libtorch_global_deps.so");

    public static string TorchSharp { get; } =
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    /// <summary>The versions of libstdc++ that TorchSharp's library needs.</summary>
    public static HashSet<string> VersionsNeeded()
    {
        using var elf = ElfFile.Open(TorchSharp);
        return [.. ElfVersions.Needs(elf).Where(need => need.Library == StandardLibrary.Name).Select(need => need.Version)];
    }

    public static void SkipUnlessLinux() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "Reads or loads the Linux x64 libraries.");

    public static void SkipUnlessPresent()
    {
        SkipUnlessLinux();
        Assert.SkipUnless(File.Exists(SmallLibrary), "Built without libtorch (Pix2PixNatives is not cpu).");
    }
}
