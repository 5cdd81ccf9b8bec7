using Microsoft.ML.Data;
using Pix2Pix.ML.Data;
using SkiaSharp;

namespace Pix2Pix.ML.Tests.Data;

public sealed class EncodedImageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pix2pix-tests-").FullName;

    public static TheoryData<string> Formats => ["png", "jpg", "webp", "bmp"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Our decoding and ML.NET's are one.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_AnyFormat_GivesThePixelsOfMLNet(string format)
    {
        var path = Write($"a.{format}", Bytes(format));

        using var image = ImageFiles.Read(path);
        using var stock = MLImage.CreateFromFile(path);

        Assert.Equal(PixelLayout.ToRgba(stock).Pixels, PixelLayout.ToRgba(image).Pixels);
        Assert.Equal((33, 21, MLPixelFormat.Bgra32), (image.Width, image.Height, image.PixelFormat));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Problem_CutAnywhere_IsFound(string format)
    {
        var bytes = Bytes(format);
        foreach (var length in (int[])[1, 20, bytes.Length / 2, bytes.Length * 9 / 10, bytes.Length - 3])
        {
            var path = Write($"{length}.{format}", bytes[..length]);

            Assert.True(ImageFiles.Problem(path) is not null, $"{length} of {bytes.Length} bytes of {format}");
            Assert.Throws<InvalidDataException>(() => ImageFiles.Read(path));
        }
    }

    /// <summary>
    /// What each orientation means is written in CIPA DC-008: where the first row and the first column of the stored image belong.
    /// </summary>
    [Theory]
    [InlineData(1, "ABCDEF", 3)]
    [InlineData(2, "CBAFED", 3)]
    [InlineData(3, "FEDCBA", 3)]
    [InlineData(4, "DEFABC", 3)]
    [InlineData(5, "ADBECF", 2)]
    [InlineData(6, "DAEBFC", 2)]
    [InlineData(7, "FCEBDA", 2)]
    [InlineData(8, "CFBEAD", 2)]
    public void Turn_EachOrientation_GivesTheUprightImage(int orientation, string expected, int columns)
    {
        uint[] stored = [.. "ABCDEF".Select(letter => (uint)letter)], upright = new uint[6]; // ABC above DEF

        ImageOrientation.Turn(stored, 3, (SKEncodedOrigin)orientation, upright);

        Assert.Equal(expected, string.Concat(upright.Select(letter => (char)letter)));
        Assert.Equal(columns == 2, ImageOrientation.IsTurned((SKEncodedOrigin)orientation));
    }

    [Theory]
    [InlineData(3, 32, 16)]
    [InlineData(6, 16, 32)]
    [InlineData(8, 16, 32)]
    public void Read_MarkedAsTurned_IsUpright(int orientation, int width, int height)
    {
        var jpeg = ImageBytes.Jpeg(1, 32, 16);
        var (plain, turned) = (Write("plain.jpg", jpeg), Write("turned.jpg", ImageBytes.Turned(orientation, jpeg)));

        using var stored = ImageFiles.Read(plain);
        using var upright = ImageFiles.Read(turned);

        Assert.Equal((width, height), (upright.Width, upright.Height));
        var (first, last) = (stored.Pixels[..4].ToArray(), upright.Pixels[^4..].ToArray());
        Assert.Equal(first, orientation switch
        {
            3 => last, // the first pixel is the last one
            6 => upright.Pixels.Slice(4 * (width - 1), 4).ToArray(), // at the top right
            _ => upright.Pixels.Slice(4 * width * (height - 1), 4).ToArray(), // at the bottom left
        });
    }

    [Theory]
    [InlineData(1, 32, 16)]
    [InlineData(6, 16, 32)]
    [InlineData(8, 16, 32)]
    public void Read_PngMarkedAsTurned_IsUprightAsAJpeg(int orientation, int width, int height)
    {
        using var jpeg = ImageFiles.Read(Write("turned.jpg", ImageBytes.Turned(orientation, ImageBytes.Jpeg(1, 32, 16))));
        using var stored = ImageFiles.Read(Write("plain.png", ImageBytes.Png(1, 32, 16)));
        foreach (var littleEndian in (bool[])[true, false])
        {
            var path = Write("turned.png", ImageBytes.Turned(orientation, ImageBytes.Png(1, 32, 16), littleEndian));

            using var upright = ImageFiles.Read(path);

            Assert.Equal((width, height), (upright.Width, upright.Height));
            Assert.Equal((jpeg.Width, jpeg.Height), (upright.Width, upright.Height));
            var corner = orientation switch { 1 => 0, 6 => width - 1, _ => width * (height - 1) }; // where the first pixel goes
            Assert.Equal(stored.Pixels[..4].ToArray(), upright.Pixels.Slice(4 * corner, 4).ToArray());
        }
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x49, 0x49 })]
    [InlineData(new byte[] { 0x49, 0x49, 0x2A, 0, 0xFF, 0xFF, 0xFF, 0xFF })] // a directory far away
    [InlineData(new byte[] { 0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0xFF, 0xFF })] // 65,535 entries of which none is there
    [InlineData(new byte[] { 0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 9, 0, 0, 0 })] // orientation 9
    public void Read_PngWithExifThatMakesNoSense_IsAsStored(byte[] exif)
    {
        var path = Write("odd.png", ImageBytes.WithExif(exif, ImageBytes.Png(1, 32, 16)));
        using var image = ImageFiles.Read(path);
        Assert.Equal((32, 16), (image.Width, image.Height));
    }

    [Fact]
    public void Read_EndingsOfJpegFiles_AreAllRead()
    {
        foreach (var ending in (string[])["jpg", "jpeg", "jfif", "jpe", "JFIF"])
            Assert.Null(ImageFiles.Problem(Write($"a.{ending}", ImageBytes.Jpeg(1))));
    }

    /// <summary>WBMP has no signature, so the decoder takes a damaged file for one.</summary>
    [Fact]
    public void Problem_FormatThatIsNotListed_IsSaid()
    {
        using var image = new EncodedImage([0, 0, 8, 8, .. new byte[8]]);

        Assert.Null(image.Decode(out var problem));
        Assert.Equal("is not a BMP, GIF, JPEG, PNG or WebP image", problem);
    }

    [Fact]
    public void Problem_FolderOrNoteOfMacOS_IsSaid()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "x.png"));
        Assert.Equal("is a folder; expected an image", ImageFiles.Problem(Path.Combine(_folder, "x.png")));
        Assert.Equal(
            "is not an image that can be decoded (macOS creates such metadata files next to images; delete it)",
            ImageFiles.Problem(Write("._a.png", [0, 5, 0x16, 7, 0, 2, 0, 0])));
    }

    private static byte[] Bytes(string format) => format switch
    {
        "png" => ImageBytes.Png(1, 33, 21),
        "jpg" => ImageBytes.Jpeg(1, 33, 21),
        "webp" => ImageBytes.WebP(1, 33, 21),
        _ => ImageBytes.Bmp(1, 33, 21),
    };

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
