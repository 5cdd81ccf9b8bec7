using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch.Tests.Native;

public class FileStatusTests
{
    [Fact]
    public void IsSameFile_SamePathAndCopy_DistinguishesThem()
    {
        using var folder = new LibraryFolder();
        string file = folder.Write("a/x.so", "same bytes");
        string copy = folder.Write("b/x.so", "same bytes");

        Assert.True(FileStatus.IsSameFile(file, folder.PathOf("b/../a/x.so")));
        Assert.False(FileStatus.IsSameFile(file, copy));
        Assert.False(FileStatus.IsSameFile(file, folder.PathOf("c/x.so")));
    }

    [Fact]
    public void IsSameFile_Links_AreTheFile()
    {
        RealLibraries.SkipUnlessLinux();
        using var folder = new LibraryFolder();
        string file = folder.Write("a/x.so", "bytes");
        string symbolic = folder.SymbolicLink("b/x.so", file);
        string hard = folder.HardLink("c/x.so", file);
        folder.SymbolicLink("d", folder.PathOf("a"));

        Assert.All([symbolic, hard, folder.PathOf("d/x.so")], link => Assert.True(FileStatus.IsSameFile(file, link)));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead | UnixFileMode.GroupRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupWrite, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherWrite, false)]
    public void IsPrivate_OwnFile_DependsOnOthersRightToWrite(UnixFileMode mode, bool isPrivate)
    {
        RealLibraries.SkipUnlessLinux();
        using var folder = new LibraryFolder();
        string file = folder.Write("x.so", "bytes");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, mode);

        var status = FileStatus.Of(file);

        Assert.Equal((mode, isPrivate), (status!.Value.Mode, status.Value.IsPrivate));
    }
}
