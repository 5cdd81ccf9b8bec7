using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Tests.Native;

/// <summary>A temporary folder for links to real native libraries and for modified copies. Deleted with its contents.</summary>
internal sealed partial class LibraryFolder : IDisposable
{
    /// <summary>The folder is next to the test output, so that hard links to its files are possible.</summary>
    public LibraryFolder()
    {
        Root = Path.Combine(AppContext.BaseDirectory, $"native-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    public string PathOf(string relative) => Path.Combine(Root, relative);

    public string Folder(string relative) => Directory.CreateDirectory(PathOf(relative)).FullName;

    public string Write(string relative, byte[] bytes)
    {
        Folder(Path.GetDirectoryName(relative)!);
        File.WriteAllBytes(PathOf(relative), bytes);
        return PathOf(relative);
    }

    public string Write(string relative, string text) => Write(relative, System.Text.Encoding.UTF8.GetBytes(text));

    public string SymbolicLink(string relative, string target)
    {
        Folder(Path.GetDirectoryName(relative)!);
        File.CreateSymbolicLink(PathOf(relative), target);
        return PathOf(relative);
    }

    public string HardLink(string relative, string target)
    {
        Folder(Path.GetDirectoryName(relative)!);
        Assert.Equal(0, Link(target, PathOf(relative)));
        return PathOf(relative);
    }

    /// <summary>Creates a folder with links to all files of the real libtorch.</summary>
    public string LinkLibTorch(string relative)
    {
        foreach (string file in Directory.GetFiles(RealLibraries.LibTorch))
            SymbolicLink(Path.Combine(relative, Path.GetFileName(file)), file);
        return PathOf(relative);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string created);
}
