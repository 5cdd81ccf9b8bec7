namespace Pix2Pix.Packages.Tests;

/// <summary>The packages of the platform that the tests run on.</summary>
internal static class Platform
{
    public static string Identifier { get; } =
        OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : "linux-x64";

    public static string LibTorch => $"libtorch-cpu-{Identifier}";

    public static string Runtime => $"Pix2Pix.Runtime.Cpu.{Identifier}";
}
