using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch.Tests.Native;

public class PackageCacheTests
{
    private const string Assembly = "packages/torchsharp/0.107.0/lib/net8.0";
    private const string TorchSharp = "packages/torchsharp/0.107.0/runtimes/linux-x64/native";
    private const string LibTorch = "packages/libtorch-cpu-linux-x64/2.10.0/runtimes/linux-x64/native";

    [Fact]
    public void NativeDirectories_AssemblyInThePackages_AreTorchSharpsAndLibTorchs()
    {
        using var folder = new LibraryFolder();
        string assembly = folder.Folder(Assembly);
        string[] expected = [folder.Folder(LibTorch), folder.Folder(TorchSharp)];
        folder.Folder("packages/libtorch-cpu-linux-x64/2.7.1.0/runtimes/linux-x64/native"); // not the version of this TorchSharp
        folder.Folder("packages/libtorch-cpu-win-x64/2.10.0/runtimes/win-x64/native");

        Assert.Equal(expected, PackageCache.NativeDirectories(assembly, "linux-x64"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("app")]
    [InlineData("app/lib/net8.0")]
    public void NativeDirectories_AssemblyElsewhere_AreNone(string assembly)
        => Assert.Empty(PackageCache.NativeDirectories(assembly, "linux-x64"));

    [Fact]
    public void Find_LibTorchInThePackagesOnly_TakesIt()
    {
        using var folder = new LibraryFolder();
        string libTorch = folder.Folder(LibTorch);
        foreach (string library in (string[])["c10", "torch_cpu", "torch"])
            folder.Write($"{LibTorch}/{TestHost.Linux.FileName(library)}", "a library");
        var host = TestHost.Create(folder) with
        {
            CachedPackageDirectories = PackageCache.NativeDirectories(folder.Folder(Assembly), "linux-x64"),
        };

        Assert.Equal(new LibTorchFolder(libTorch, TestHost.Linux, IsFromVariable: false), LibTorchFolder.Find(host));
    }
}
