namespace Pix2Pix.Core.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");

    private string[] Files => [.. _folder.GetFiles().Select(file => file.Name)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Write_LongestName_Writes()
    {
        var name = new string('a', 255);

        AtomicFile.Write(Path.Combine(_folder.FullName, name), stream => stream.WriteByte(1));

        Assert.Equal([name], Files);
    }

    [Fact]
    public void Write_NoSuchFolder_NamesIt()
    {
        var folder = Path.Combine(_folder.FullName, "none");

        var error = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(Path.Combine(folder, "x.onnx"), _ => { }));

        Assert.Equal($"'x.onnx' cannot be written: the folder '{folder}' does not exist. Create it first.", error.Message);
    }

    [Fact]
    public void Write_PathOfAFolder_ReportsIt()
    {
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(_folder.FullName, _ => { }));

        Assert.Equal($"'{_folder.FullName}' is a folder; expected the path of a file.", error.Message);
        Assert.Empty(Files);
    }

    [Fact]
    public void Write_DiskIsFull_KeepsTheOldFileAndNamesThePath()
    {
        var path = Path.Combine(_folder.FullName, "x.onnx");
        File.WriteAllText(path, "old");

        var error = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("No space left on device");
        }));

        Assert.Equal($"'{path}' cannot be written: No space left on device", error.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["x.onnx"], Files);
    }

    [Fact]
    public void Write_WriterFails_ThrowsItsOwn()
    {
        Assert.Throws<FormatException>(() => AtomicFile.Write(Path.Combine(_folder.FullName, "x"), _ => throw new FormatException()));

        Assert.Empty(Files);
    }
}
