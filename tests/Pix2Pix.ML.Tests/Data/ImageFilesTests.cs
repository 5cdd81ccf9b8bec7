using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests.Data;

public sealed class ImageFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pix2pix-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void In_FolderOfManyFiles_GivesItsImagesInOrdinalOrder()
    {
        foreach (var name in (string[])["b.png", "10.JPG", "9.jpeg", "B.png", "a.txt", "Thumbs.db", "c.png.part"])
            File.WriteAllText(PathOf(name), string.Empty);
        Directory.CreateDirectory(PathOf("below.png"));

        Assert.Equal(["10.JPG", "9.jpeg", "B.png", "b.png"], ImageFiles.In(_folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("whole.jpg")]
    [InlineData("whole.png")]
    public void Problem_WholeFile_HasNone(string name)
    {
        TestImages.Input(1, 64, 48).Save(PathOf(name));

        Assert.Null(ImageFiles.Problem(PathOf(name)));
        using var image = ImageFiles.Read(PathOf(name));
        Assert.Equal((64, 48), (image.Width, image.Height));
    }

    /// <summary>ITU T.81, B.1.1.2: any number of FF may stand before a marker.</summary>
    [Fact]
    public void Problem_JpegWithFillBytes_HasNone()
    {
        TestImages.Input(1, 64, 48).Save(PathOf("whole.jpg"));
        var bytes = File.ReadAllBytes(PathOf("whole.jpg"));
        File.WriteAllBytes(PathOf("filled.jpg"), [.. bytes[..2], 0xFF, 0xFF, .. bytes[2..]]);

        Assert.Null(ImageFiles.Problem(PathOf("filled.jpg")));
    }

    [Fact]
    public void Read_APipeOrDevice_IsRefusedWithoutOpeningIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such files.");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [PathOf("pipe.png")]))
            mkfifo.WaitForExit();

        File.CreateSymbolicLink(PathOf("to-pipe.png"), "pipe.png");
        File.CreateSymbolicLink(PathOf("zero.png"), "/dev/zero");
        foreach (var (name, kind) in (ReadOnlySpan<(string, string)>)[("pipe", "named pipe"), ("to-pipe", "named pipe"), ("zero", "device")])
        {
            var path = PathOf($"{name}.png");
            Assert.Equal($"is a {kind}; expected a regular file", ImageFiles.Problem(path));
            var error = Assert.Throws<InvalidDataException>(() => ImageFiles.Read(path));
            Assert.Equal($"'{path}' is a {kind}; expected a regular file.", error.Message);
        }
    }

    /// <summary>ML.NET reads such a file and fills the missing part with gray.</summary>
    [Theory]
    [InlineData("half.jpg")]
    [InlineData("half.png")]
    public void Problem_HalfAFile_IsCutOff(string name)
    {
        TestImages.Input(1, 64, 48).Save(PathOf(name));
        var bytes = File.ReadAllBytes(PathOf(name));
        File.WriteAllBytes(PathOf(name), bytes[..(bytes.Length * 3 / 4)]);

        Assert.Equal("is truncated", ImageFiles.Problem(PathOf(name)));
        var error = Assert.Throws<InvalidDataException>(() => ImageFiles.Read(PathOf(name)));
        Assert.Equal($"'{PathOf(name)}' is truncated.", error.Message);
    }

    [Fact]
    public void Problem_NoImage_ReportsWhatItIs()
    {
        File.WriteAllText(PathOf("empty.png"), string.Empty);
        File.WriteAllText(PathOf("text.png"), "no image");

        Assert.Equal("is empty", ImageFiles.Problem(PathOf("empty.png")));
        Assert.Equal("is not an image that can be decoded", ImageFiles.Problem(PathOf("text.png")));
        Assert.Equal("does not exist", ImageFiles.Problem(PathOf("missing.png")));
    }

    [Fact]
    public void Read_BeyondTheLimits_NamesThem()
    {
        File.WriteAllBytes(PathOf("a.png"), ImageBytes.Png(1, 16, 12));
        var length = new FileInfo(PathOf("a.png")).Length;

        Assert.Equal(
            $"'{PathOf("a.png")}' is 16x12, more than MaxPixels (191); resize it, cut it into parts, or set MaxPixels.",
            Assert.Throws<InvalidDataException>(() => ImageFiles.Read(PathOf("a.png"), new ImageLimits(191, length))).Message);
        Assert.Equal(
            $"'{PathOf("a.png")}' has {length:#,0} bytes, more than MaxFileLength ({length - 1:#,0}); resize it, or set MaxFileLength.",
            Assert.Throws<InvalidDataException>(() => ImageFiles.Read(PathOf("a.png"), new ImageLimits(192, length - 1))).Message);
        ImageFiles.Read(PathOf("a.png"), new ImageLimits(192, length)).Dispose();
    }

    [Theory]
    [InlineData("missing.png", "")]
    [InlineData("missing/a.png", "")]
    [InlineData("folder.png", " (this is a folder)")]
    public void Read_NoFile_ReportsWhichAndWhatWasExpected(string name, string what)
    {
        Directory.CreateDirectory(PathOf("folder.png"));

        var error = Assert.Throws<FileNotFoundException>(() => ImageFiles.Read(PathOf(name)));

        Assert.Equal($"The file '{PathOf(name)}' does not exist{what}; expected an image.", error.Message);
        Assert.Equal(PathOf(name), error.FileName);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
