using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch.Tests.Native;

/// <summary>Each test starts the program NativeProbe, since a process loads native libraries once.</summary>
public class TorchRuntimeTests
{
    [Fact]
    public void Initialize_LibTorchNextToTheApplication_LoadsAndComputes()
    {
        using var app = new ProbeApplication();
        string libTorch = app.Folder.LinkLibTorch("app/libtorch");

        var result = app.Run();

        AssertComputes(app, result, libTorch);
    }

    [Fact]
    public void Initialize_LibTorchAmongThePackagesFiles_LoadsAndComputes()
    {
        using var app = new ProbeApplication();
        app.Folder.LinkLibTorch("app/runtimes/linux-x64/native");

        var result = app.Run();

        AssertComputes(app, result, app.PackageFolder);
    }

    [Fact]
    public void Initialize_VariableNamesLibTorch_LoadsItInsteadOfTheApplications()
    {
        using var app = new ProbeApplication();
        app.Folder.LinkLibTorch("app/libtorch");
        string elsewhere = app.Folder.LinkLibTorch("elsewhere");
        File.Delete(Path.Combine(elsewhere, "libc10.so"));
        string core = app.Folder.Write("elsewhere/libc10.so", File.ReadAllBytes(Path.Combine(RealLibraries.LibTorch, "libc10.so")));

        var result = app.Run(elsewhere);

        AssertComputes(app, result, elsewhere);
        Assert.Equal(core, Assert.Single(result.Mapped, file => Path.GetFileName(file) == "libc10.so"));
    }

    [Fact]
    public void Initialize_PackagesFileIsAHardLinkToTheChosen_LoadsItOnce()
    {
        using var app = new ProbeApplication();
        string libTorch = app.Folder.LinkLibTorch("app/libtorch");
        app.Folder.HardLink("app/runtimes/linux-x64/native/libtorch_cpu.so", Path.Combine(RealLibraries.LibTorch, "libtorch_cpu.so"));

        var result = app.Run();

        AssertComputes(app, result, libTorch);
    }

    [Fact]
    public void Initialize_SecondCopyIsProbed_EndsInAnErrorNotInACrash()
    {
        using var app = new ProbeApplication();
        string elsewhere = app.Folder.LinkLibTorch("elsewhere");
        string second = app.Folder.Write("app/runtimes/linux-x64/native/libtorch_cpu.so", "another");

        var result = app.Run(elsewhere);

        Assert.Equal(
            $"The folder '{elsewhere}' of the environment variable PIX2PIX_LIBTORCH was selected, but TorchSharp would also load '{second}', "
            + "because .NET looks there first. A process with two copies of libtorch aborts. Build the application without a "
            + $"libtorch package (in this repository: -p:Pix2PixNatives=none), or delete libtorch's files from "
            + $"'{app.PackageFolder}', "
            + "or unset PIX2PIX_LIBTORCH to use them.",
            result.Error);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void Initialize_VariablesFolderLacksFile_EndsInAnErrorThatRepeats()
    {
        using var app = new ProbeApplication();
        string elsewhere = app.Folder.LinkLibTorch("elsewhere");
        File.Delete(Path.Combine(elsewhere, "libtorch_cpu.so"));

        var result = app.Run(elsewhere);

        Assert.Equal(
            $"The folder '{elsewhere}' of the environment variable PIX2PIX_LIBTORCH lacks libtorch_cpu.so. Copy all files of libtorch 2.10 "
            + "there, or set the variable to another folder.",
            result.Error);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void Initialize_AnotherLibTorchIsLoaded_EndsInAnErrorNotInACrash()
    {
        using var app = new ProbeApplication();
        string elsewhere = app.Folder.LinkLibTorch("elsewhere");
        string loaded = app.Folder.Write("loaded/libtorch_cpu.so", File.ReadAllBytes(RealLibraries.SmallLibrary));
        app.Folder.SymbolicLink("loaded/libgomp-98b21ff3.so.1", Path.Combine(RealLibraries.LibTorch, "libgomp-98b21ff3.so.1"));

        var result = app.Run(elsewhere, loaded);

        Assert.Equal(
            $"The folder '{elsewhere}' of the environment variable PIX2PIX_LIBTORCH was selected, but the process has already loaded '{loaded}'. "
            + "A process with two copies of libtorch aborts. Call TorchRuntime.Initialize() before anything else loads "
            + "libtorch.",
            result.Error);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void Initialize_FourProcessesAtOnce_AllCompute()
    {
        using var app = new ProbeApplication();
        string libTorch = app.Folder.LinkLibTorch("app/libtorch");

        var results = new ProbeResult[4];
        Parallel.For(0, results.Length, i => results[i] = app.Run());

        Assert.All(results, result => AssertComputes(app, result, libTorch));
    }

    private static void AssertComputes(ProbeApplication app, ProbeResult result, string libTorch)
    {
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal("12", result.Value("sum"));
        Assert.Equal(libTorch, result.Value("folder"));
        Assert.Equal("False", result.Value("cuda"));

        // The loader follows links and maps the target, so files are compared rather than paths.
        string mapped = Assert.Single(result.Mapped, file => Path.GetFileName(file) == "libtorch_cpu.so");
        Assert.True(FileStatus.IsSameFile(Path.Combine(libTorch, "libtorch_cpu.so"), mapped), mapped);
        string torchSharp = Assert.Single(result.Mapped, file => Path.GetFileName(file) == "libLibTorchSharp.so");
        Assert.True(FileStatus.IsSameFile(result.Value("torchSharp"), torchSharp), torchSharp);

        bool needsCopy = RealLibraries.VersionsNeeded().Except(NativeHost.Current().StandardLibrary!.Versions).Any();
        Assert.Equal(needsCopy.ToString(), result.Value("patched"));
        Assert.Equal(needsCopy, result.Value("torchSharp").StartsWith(app.CacheFolder, StringComparison.Ordinal));
    }
}
