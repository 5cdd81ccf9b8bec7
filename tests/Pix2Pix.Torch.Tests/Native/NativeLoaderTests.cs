using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch.Tests.Native;

public class NativeLoaderTests
{
    [Fact]
    public void Load_TruncatedFile_QuotesTheLoadersMessage()
    {
        RealLibraries.SkipUnlessPresent();
        using var folder = new LibraryFolder();
        string file = folder.Write("libc10.so", File.ReadAllBytes(RealLibraries.SmallLibrary)[..40]);

        AssertRefused(file, $"{file}: file too short");
    }

    [Fact]
    public void Load_CorruptFile_QuotesTheLoadersMessage()
    {
        RealLibraries.SkipUnlessPresent();
        using var folder = new LibraryFolder();
        byte[] bytes = File.ReadAllBytes(RealLibraries.SmallLibrary);
        bytes[0] = 0;

        string file = folder.Write("libc10.so", bytes);

        AssertRefused(file, $"{file}: invalid ELF header");
    }

    [Fact]
    public void Load_MissingDependency_NamesIt()
    {
        RealLibraries.SkipUnlessPresent();
        using var folder = new LibraryFolder();
        byte[] bytes = File.ReadAllBytes(RealLibraries.SmallLibrary);

        // A name that no library has, because other tests of this process load the real one.
        int name = bytes.AsSpan().IndexOf("libgomp-98b21ff3"u8);
        "libgomp-00000000"u8.CopyTo(bytes.AsSpan(name));

        string file = folder.Write("libtorch_global_deps.so", bytes);

        AssertRefused(file, "libgomp-00000000.so.1: cannot open shared object file: No such file or directory");
    }

    private static void AssertRefused(string file, string words)
    {
        var error = Assert.Throws<TorchRuntimeException>(() => NativeLoader.Load(file));

        Assert.Equal(
            $"The system's loader cannot load '{file}': {words}. Restore the package or copy that the file comes from, and install the "
            + "libraries that the loader reports as missing.",
            error.Message);
        Assert.IsType<DllNotFoundException>(error.InnerException);
    }
}
