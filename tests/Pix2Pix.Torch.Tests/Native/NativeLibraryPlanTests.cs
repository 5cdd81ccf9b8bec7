using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch.Tests.Native;

public class NativeLibraryPlanTests
{
    [Fact]
    public void Create_NewStandardLibrary_UsesThePackagesFile()
    {
        using var folder = new LibraryFolder();
        var host = HostWithLibraries(folder).WithStandardLibrary(RealLibraries.VersionsNeeded());

        var plan = NativeLibraryPlan.Create(host);

        Assert.Equal(folder.PathOf("app/packages/libLibTorchSharp.so"), plan.LibTorchSharpFile);
        Assert.Empty(plan.VersionsToWeaken);
        Assert.Equal(folder.PathOf("app/libtorch"), plan.LibTorchFolder);
        string[] files = ["libtorch_global_deps.so", "libc10.so", "libtorch_cpu.so", "libtorch.so"];
        Assert.Equal(files.Select(name => folder.PathOf($"app/libtorch/{name}")), plan.LibTorchFiles);
        Assert.False(plan.HasCuda);
        Assert.False(Directory.Exists(folder.PathOf("cache")));
    }

    [Fact]
    public void Create_StandardLibraryBeforeGcc13_AsksForACopyWithoutItsVersion()
    {
        using var folder = new LibraryFolder();
        var host = HostWithLibraries(folder).WithStandardLibrary(RealLibraries.VersionsNeeded().Except(["GLIBCXX_3.4.32"]));

        var plan = NativeLibraryPlan.Create(host);

        Assert.Equal(folder.PathOf("app/packages/libLibTorchSharp.so"), plan.LibTorchSharpFile);
        Assert.Equal(["GLIBCXX_3.4.32"], plan.VersionsToWeaken);
        Assert.False(Directory.Exists(folder.PathOf("cache")));
    }

    [Fact]
    public void Create_NoTorchSharp_ReportsWhereItComesFrom()
    {
        using var folder = new LibraryFolder();
        var host = HostWithLibraries(folder);
        File.Delete(folder.PathOf("app/packages/libLibTorchSharp.so"));
        string app = folder.PathOf("app");

        AssertError(
            host,
            $"TorchSharp's native library was not found for linux-x64: none of these folders contains libLibTorchSharp.so: '{app}/packages', "
            + $"'{app}', '{app}/runtimes/linux-x64/native'. The package TorchSharp supports linux-x64, win-x64, win-arm64 and osx-arm64, and "
            + "the build copies the library to the output folder. Build or publish the application for a supported platform, and deploy all "
            + "output files.");
    }

    [Fact]
    public void Create_OtherLibTorch_CountsMissingSymbols()
    {
        using var folder = new LibraryFolder();
        var host = HostWithLibraries(folder);
        string chosen = folder.LinkLibTorch("torch/lib");
        File.Delete(folder.PathOf("torch/lib/libc10.so"));
        folder.SymbolicLink("torch/lib/libc10.so", RealLibraries.SmallLibrary);
        folder.Write("torch/version.py", "__version__ = '2.4.1'\n");

        AssertError(
            host with { LibTorchVariable = chosen },
            $"The folder '{chosen}' of the environment variable PIX2PIX_LIBTORCH contains libtorch 2.4.1, which is incompatible: TorchSharp "
            + "needs libtorch 2.10. Missing symbols: 61, such as _ZN3c1010TensorImpl12mutable_gradEv, "
            + "_ZN3c1010TensorImpl17set_autograd_metaESt10unique_ptrINS_21AutogradMetaInterfaceESt14default_deleteIS2_EE, "
            + "_ZN3c1010TensorImpl17set_requires_gradEb. Set the variable to the folder of libtorch 2.10.");
    }

    [Fact]
    public void Create_TruncatedLibTorch_IsAnElfFault()
    {
        using var folder = new LibraryFolder();
        var host = HostWithLibraries(folder);
        string torch = folder.PathOf("app/libtorch/libtorch.so");
        byte[] whole = File.ReadAllBytes(torch);
        File.Delete(torch);
        folder.Write("app/libtorch/libtorch.so", whole[..5000]);

        var error = Assert.Throws<TorchRuntimeException>(() => TorchRuntime.Load(() => host));

        Assert.Equal(
            $"'{torch}' is not a usable ELF library: the section table should end at byte {whole.Length}, but the file has "
            + "5000 bytes. The file is damaged or built for another platform; restore the package or copy that it comes from.",
            error.Message);
    }

    [Fact]
    public void Create_AnotherLibTorchIsProbed_ExplainsBothForTheVariable()
    {
        using var folder = new LibraryFolder();
        var host = HostWithLibraries(folder);
        string chosen = folder.LinkLibTorch("chosen");
        string probed = folder.Write("app/packages/libtorch_cpu.so", "another");
        string packages = folder.PathOf("app/packages");

        AssertError(
            host with { LibTorchVariable = chosen },
            $"The folder '{chosen}' of the environment variable PIX2PIX_LIBTORCH was selected, but TorchSharp would also load '{probed}', "
            + "because .NET looks there first. A process with two copies of libtorch aborts. Build the application without a libtorch "
            + $"package (in this repository: -p:Pix2PixNatives=none), or delete libtorch's files from '{packages}', or unset "
            + "PIX2PIX_LIBTORCH to use them.");
    }

    [Fact]
    public void Create_AnotherLibTorchIsProbed_ExplainsBothForTheApplication()
    {
        using var folder = new LibraryFolder();
        var host = HostWithLibraries(folder);
        string probed = folder.Write("app/packages/libtorch_cuda.so", "another");
        string own = folder.PathOf("app/libtorch");
        string packages = folder.PathOf("app/packages");

        AssertError(
            host,
            $"The application's folder '{own}' was selected, but TorchSharp would also load '{probed}', because .NET looks there first. "
            + $"A process with two copies of libtorch aborts. Keep one: delete '{own}', or remove the libtorch package from the "
            + $"application and libtorch's files from '{packages}'.");
    }

    [Fact]
    public void Create_SameFileIsProbed_IsNoSecondCopy()
    {
        using var folder = new LibraryFolder();
        var host = HostWithLibraries(folder).WithStandardLibrary(RealLibraries.VersionsNeeded());
        folder.HardLink("app/packages/libtorch_cpu.so", Path.Combine(RealLibraries.LibTorch, "libtorch_cpu.so"));

        Assert.Equal(folder.PathOf("app/libtorch"), NativeLibraryPlan.Create(host).LibTorchFolder);
    }

    [Fact]
    public void Create_TorchIsLoadedAlready_UsesItAsIs()
    {
        using var folder = new LibraryFolder();
        var host = HostWithLibraries(folder) with { LoadedFiles = ["/x/libLibTorchSharp.so", "/y/libtorch_cpu.so.2.10", "/y/libtorch.so"] };

        var plan = NativeLibraryPlan.Create(host);

        Assert.Equal(("/y", "/x/libLibTorchSharp.so", false), (plan.LibTorchFolder, plan.LibTorchSharpFile, plan.HasCuda));
        Assert.Empty(plan.LibTorchFiles);
        Assert.Empty(plan.VersionsToWeaken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Create_AnotherTorchIsLoadedAlready_Throws(bool withTorchSharp)
    {
        using var folder = new LibraryFolder();
        string chosen = folder.LinkLibTorch("chosen");
        var host = HostWithLibraries(folder) with
        {
            LibTorchVariable = chosen,
            LoadedFiles = withTorchSharp ? ["/x/libtorch_cpu.so", "/x/libLibTorchSharp.so"] : ["/x/libtorch_cpu.so"],
        };

        AssertError(
            host,
            $"The folder '{chosen}' of the environment variable PIX2PIX_LIBTORCH was selected, but the process has already loaded "
            + "'/x/libtorch_cpu.so'. A process with two copies of libtorch aborts. Call TorchRuntime.Initialize() "
            + "before anything else loads libtorch.");
    }

    private static NativeHost HostWithLibraries(LibraryFolder folder)
    {
        RealLibraries.SkipUnlessPresent();
        folder.LinkLibTorch("app/libtorch");
        folder.SymbolicLink("app/packages/libLibTorchSharp.so", RealLibraries.TorchSharp);
        return TestHost.Create(folder);
    }

    private static void AssertError(NativeHost host, string expected) =>
        Assert.Equal(expected, Assert.Throws<TorchRuntimeException>(() => NativeLibraryPlan.Create(host)).Message);
}
