using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch.Tests.Native;

/// <summary>A fake host: an application in the folder "app", whose package files .NET finds in "app/packages".</summary>
internal static class TestHost
{
    public static NativePlatform Linux { get; } = new("linux-x64", "lib", ".so");

    public static NativeHost Create(LibraryFolder folder) => new()
    {
        Platform = Linux,
        BaseDirectory = folder.PathOf("app"),
        ProbedDirectories = [folder.PathOf("app/packages")],
        CacheFolders = [folder.PathOf("cache")],
        StandardLibrary = new("/usr/lib/libstdc++.so.6", new HashSet<string>()),
    };

    public static NativeHost WithStandardLibrary(this NativeHost host, IEnumerable<string> versions) =>
        host with { StandardLibrary = host.StandardLibrary! with { Versions = versions.ToHashSet() } };
}
