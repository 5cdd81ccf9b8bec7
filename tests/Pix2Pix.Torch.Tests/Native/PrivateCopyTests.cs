using System.Text;
using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch.Tests.Native;

public class PrivateCopyTests
{
    // SHA-256 of "bytes", by sha256sum.
    private const string Key = "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9";

    [Fact]
    public void Provide_FirstTime_WritesThePatchedBytes()
    {
        using var folder = new LibraryFolder();
        string source = folder.Write("x.so", "bytes");

        string copy = Provide(folder, source, "cache");

        Assert.Equal(folder.PathOf($"cache/native/{Key}/x.so"), copy);
        Assert.Equal("BYTES", File.ReadAllText(copy));
        Assert.Equal("bytes", File.ReadAllText(source));
        Assert.Equal([copy], Directory.GetFiles(folder.PathOf("cache"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Provide_SecondTime_LeavesTheFileUnchanged()
    {
        using var folder = new LibraryFolder();
        string source = folder.Write("x.so", "bytes");
        var written = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Provide(folder, source, "cache"), written);

        Assert.Equal(written, File.GetLastWriteTimeUtc(Provide(folder, source, "cache")));
    }

    [Fact]
    public void Provide_OtherBytesThere_ReplacesThem()
    {
        using var folder = new LibraryFolder();
        string source = folder.Write("x.so", "bytes");
        File.WriteAllText(Provide(folder, source, "cache"), "BYTEX");

        Assert.Equal("BYTES", File.ReadAllText(Provide(folder, source, "cache")));
    }

    [Fact]
    public void Provide_ManyAtOnce_AllGetTheWholeFile()
    {
        using var folder = new LibraryFolder();
        string source = folder.Write("x.so", new byte[1_000_000]);

        Parallel.For(0, 32, _ =>
        {
            string copy = PrivateCopy.Provide(source, bytes => [.. bytes, 7], [folder.PathOf("cache")]);
            Assert.Equal(1_000_001, File.ReadAllBytes(copy).Length);
        });

        Assert.Single(Directory.GetFiles(folder.PathOf("cache"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Provide_FirstFolderImpossible_UsesTheNext()
    {
        using var folder = new LibraryFolder();
        string source = folder.Write("x.so", "bytes");

        Assert.Equal(folder.PathOf($"cache/native/{Key}/x.so"), Provide(folder, source, "x.so/below", "cache"));
    }

    [Fact]
    public void Provide_NoFolderPossible_NamesEachAndItsReason()
    {
        RealLibraries.SkipUnlessLinux();
        using var folder = new LibraryFolder();
        string source = folder.Write("x.so", "bytes");
        string open = folder.Folder("open");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(open, File.GetUnixFileMode(open) | UnixFileMode.OtherWrite);

        var error = Assert.Throws<TorchRuntimeException>(() => Provide(folder, source, "x.so", "open"));

        Assert.Equal(
            $"This system's libstdc++.so.6 is older than '{source}' requires, so a patched copy of that file is needed, but it cannot be "
            + $"written to '{source}' (The file '{source}' already exists) or '{open}' (other users can write to '{open}'). "
            + "Set XDG_CACHE_HOME to a folder that only this user can write to.",
            error.Message);
    }

    private static string Provide(LibraryFolder folder, string source, params string[] caches) => PrivateCopy.Provide(
        source,
        bytes => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).ToUpperInvariant()),
        [.. caches.Select(folder.PathOf)]);
}
