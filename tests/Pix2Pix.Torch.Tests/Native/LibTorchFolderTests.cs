using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch.Tests.Native;

public class LibTorchFolderTests
{
    [Fact]
    public void Find_VariableSet_OverridesTheApplications()
    {
        using var folder = new LibraryFolder();
        string chosen = WriteLibTorch(folder, "chosen");
        WriteLibTorch(folder, "app/libtorch");

        var found = LibTorchFolder.Find(TestHost.Create(folder) with { LibTorchVariable = chosen + "/" });

        Assert.Equal(new LibTorchFolder(chosen, TestHost.Linux, IsFromVariable: true), found);
    }

    [Theory]
    [InlineData("app/libtorch", "app/packages", "app")]
    [InlineData("app/packages", "app", "app/runtimes/linux-x64/native")]
    [InlineData("app", "app/runtimes/linux-x64/native")]
    [InlineData("app/runtimes/linux-x64/native")]
    public void Find_VariableUnset_UsesTheFirstOf(params string[] folders)
    {
        using var folder = new LibraryFolder();
        foreach (string each in folders)
            WriteLibTorch(folder, each);

        var found = LibTorchFolder.Find(TestHost.Create(folder));

        Assert.Equal(new LibTorchFolder(folder.PathOf(folders[0]), TestHost.Linux, IsFromVariable: false), found);
    }

    [Fact]
    public void Find_Nothing_NamesPackageAndVariable()
    {
        using var folder = new LibraryFolder();
        string app = folder.PathOf("app");

        AssertError(
            TestHost.Create(folder),
            $"libtorch was not found for linux-x64: none of these folders contains libtorch_cpu.so: '{app}/libtorch', '{app}/packages', "
            + $"'{app}', '{app}/runtimes/linux-x64/native'. Add the package Pix2Pix.Runtime.Cpu.linux-x64 or Pix2Pix.Runtime.Cuda.linux-x64 (or "
            + "libtorch-cpu-linux-x64 alone) to the application, or set the environment variable PIX2PIX_LIBTORCH to the folder that "
            + "contains the file, such as the lib folder of torch 2.10 in a Python installation.");
    }

    [Theory]
    [InlineData(
        "win-x64", "", ".dll", "torch_cpu.dll",
        "Pix2Pix.Runtime.Cpu.win-x64 or Pix2Pix.Runtime.Cuda.win-x64 (or libtorch-cpu-win-x64 alone)")]
    [InlineData("osx-arm64", "lib", ".dylib", "libtorch_cpu.dylib", "Pix2Pix.Runtime.Cpu.osx-arm64 (or libtorch-cpu-osx-arm64 alone)")]
    public void Find_NothingOnAnotherPlatform_NamesThatPlatformsPackage(string rid, string prefix, string suffix, string file, string packages)
    {
        using var folder = new LibraryFolder();
        var host = TestHost.Create(folder) with { Platform = new(rid, prefix, suffix) };

        var error = Assert.Throws<TorchRuntimeException>(() => LibTorchFolder.Find(host));

        Assert.StartsWith($"libtorch was not found for {rid}: none of these folders contains {file}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"Add the package {packages} to the application", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_VariableNamesNoFolder_ReportsIt()
    {
        using var folder = new LibraryFolder();
        string missing = folder.PathOf("missing");

        AssertError(
            TestHost.Create(folder) with { LibTorchVariable = missing },
            $"The environment variable PIX2PIX_LIBTORCH names the folder '{missing}', which does not exist. Set it to the folder that "
            + "contains libtorch_cpu.so, such as the lib folder of torch in a Python installation, or unset it.");
    }

    [Fact]
    public void Find_VariableNamesOtherFolder_ReportsWhatItShouldContain()
    {
        using var folder = new LibraryFolder();
        string other = folder.Folder("other");

        AssertError(
            TestHost.Create(folder) with { LibTorchVariable = other },
            $"The environment variable PIX2PIX_LIBTORCH names the folder '{other}', which contains no libtorch: it has none of libc10.so, "
            + "libtorch_cpu.so, libtorch.so. Set it to the folder that contains libtorch_cpu.so, or unset it.");
    }

    [Fact]
    public void Find_VariableNamesParentOfLib_NamesLib()
    {
        using var folder = new LibraryFolder();
        string lib = WriteLibTorch(folder, "torch/lib");
        string torch = folder.PathOf("torch");

        AssertError(
            TestHost.Create(folder) with { LibTorchVariable = torch },
            $"The environment variable PIX2PIX_LIBTORCH names the folder '{torch}', which contains no libtorch: it has none of libc10.so, "
            + $"libtorch_cpu.so, libtorch.so. Set it to '{lib}', which contains libtorch, or unset it.");
    }

    [Fact]
    public void Find_VariablesFolderLacksFiles_NamesThem()
    {
        using var folder = new LibraryFolder();
        string chosen = WriteLibTorch(folder, "chosen", "libtorch.so", "libtorch_cuda.so");

        AssertError(
            TestHost.Create(folder) with { LibTorchVariable = chosen },
            $"The folder '{chosen}' of the environment variable PIX2PIX_LIBTORCH lacks libc10.so, libtorch_cpu.so, libc10_cuda.so. Copy "
            + "all files of libtorch 2.10 there, or set the variable to another folder.");
    }

    [Fact]
    public void Find_ApplicationsFolderLacksFile_NamesIt()
    {
        using var folder = new LibraryFolder();
        string own = WriteLibTorch(folder, "app/libtorch", "libtorch_cpu.so", "libc10.so");

        AssertError(
            TestHost.Create(folder),
            $"The application's folder '{own}' lacks libtorch.so. Copy all files of libtorch 2.10 there.");
    }

    [Fact]
    public void LoadOrder_CudaFolder_LoadsEachAfterWhatItNeeds()
    {
        using var folder = new LibraryFolder();
        string[] names = ["libtorch_global_deps.so", "libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];
        string chosen = WriteLibTorch(folder, "chosen", [.. names.Order(), "libother.so"]);

        var found = LibTorchFolder.Find(TestHost.Create(folder) with { LibTorchVariable = chosen });

        Assert.True(found.HasCuda);
        Assert.Equal(names.Select(name => Path.Combine(chosen, name)), found.LoadOrder);
    }

    [Fact]
    public void LoadOrder_CpuFolder_LeavesOutWhatIsNotThere()
    {
        using var folder = new LibraryFolder();
        string chosen = WriteLibTorch(folder, "chosen");

        var found = LibTorchFolder.Find(TestHost.Create(folder) with { LibTorchVariable = chosen });

        Assert.False(found.HasCuda);
        Assert.Equal(["libc10.so", "libtorch_cpu.so", "libtorch.so"], found.LoadOrder.Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("build-version", "2.9.1+cu128\n", "2.9.1+cu128")]
    [InlineData("version.py", "__all__ = ['__version__']\n__version__ = '2.8.0+cpu'\ndebug = False\n", "2.8.0+cpu")]
    [InlineData("version.py", "__version__: str = \"2.11.0\"\n", "2.11.0")]
    [InlineData("version.py", "debug = False\n", null)]
    [InlineData("README", "2.9", null)]
    public void Version_FileNextToFolder_IsRead(string file, string text, string? expected)
    {
        using var folder = new LibraryFolder();
        string lib = WriteLibTorch(folder, "torch/lib");
        folder.Write(Path.Combine("torch", file), text);

        Assert.Equal(expected, new LibTorchFolder(lib, TestHost.Linux, IsFromVariable: true).Version);
    }

    private static string WriteLibTorch(LibraryFolder folder, string relative, params string[] files)
    {
        foreach (string file in files.Length > 0 ? files : ["libc10.so", "libtorch_cpu.so", "libtorch.so"])
            folder.Write(Path.Combine(relative, file), "");
        return folder.PathOf(relative);
    }

    private static void AssertError(NativeHost host, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pins texts with the paths of other systems.");
        Assert.Equal(expected, Assert.Throws<TorchRuntimeException>(() => LibTorchFolder.Find(host)).Message);
    }
}
