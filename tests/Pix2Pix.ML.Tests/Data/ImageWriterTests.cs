using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;
using SkiaSharp;

namespace Pix2Pix.ML.Tests.Data;

public sealed class ImageWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.png", SKEncodedImageFormat.Png, 1, 0)]
    [InlineData("a.PNG", SKEncodedImageFormat.Png, 3, 0)]
    [InlineData("a.jpg", SKEncodedImageFormat.Jpeg, 3, 12)]
    [InlineData("a.JPEG", SKEncodedImageFormat.Jpeg, 1, 12)]
    [InlineData("a.webp", SKEncodedImageFormat.Webp, 3, 0)]
    [InlineData("a.WebP", SKEncodedImageFormat.Webp, 4, 0)]
    public void Write_AnyFormat_IsReadAsTheImage(string name, SKEncodedImageFormat format, int channels, int tolerance)
    {
        var image = Smooth(channels);
        var path = Path.Combine(_folder, name);

        ImageWriter.Write(image, path, quality: 100);

        using (var codec = SKCodec.Create(path))
            Assert.Equal(format, codec.EncodedFormat);
        using var read = ImageFiles.Read(path);
        var found = PixelLayout.ToPicture(read, Channels(channels));
        Assert.Equal((image.Width, image.Height), (found.Width, found.Height));
        Assert.All(image.Pixels.Zip(found.Pixels), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".webp")]
    public void Write_LowerQuality_TakesFewerBytes(string extension)
    {
        var (fine, coarse) = (Path.Combine(_folder, "fine" + extension), Path.Combine(_folder, "coarse" + extension));

        ImageWriter.Write(TestImage(), fine, quality: 95);
        ImageWriter.Write(TestImage(), coarse, quality: 20);

        Assert.InRange(new FileInfo(coarse).Length, 100, new FileInfo(fine).Length / 2);
    }

    [Fact]
    public void Write_LargerThanTheFormatAllows_SaysTheLimit()
    {
        var path = Path.Combine(_folder, "wide.webp");

        var error = Assert.Throws<IOException>(() => ImageWriter.Write(new PixelImage(16_384, 1), path, quality: 90));

        Assert.Equal(
            $"'{path}' cannot be written: the image is 16384x1, and WebP supports sides of at most 16383 pixels. Use .png.", error.Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("a.gif", "The path 'a.gif' does not end in .png, .jpg, .jpeg or .webp. (Parameter 'to')")]
    [InlineData("a", "The path 'a' does not end in .png, .jpg, .jpeg or .webp. (Parameter 'to')")]
    [InlineData("a.jpg", "'a.jpg' cannot store transparency; use .png or .webp for a model with Rgba output. (Parameter 'to')")]
    public void Check_PathThatCannotBeWritten_SaysWhatCan(string path, string message)
        => Assert.Equal(
            message, Assert.Throws<ArgumentException>(() => ImageWriter.Check(path, ImageChannels.Rgba, quality: 90, "to")).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Check_QualityOutOfRange_SaysTheRange(int quality)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ImageWriter.Check("a.jpg", ImageChannels.Rgb, quality, "to"));

        Assert.StartsWith($"quality is {quality}; expected a value from 1 to 100.", error.Message);
    }

    private static PixelImage TestImage()
    {
        var image = new PixelImage(64, 64);
        new Random(1).NextBytes(image.Pixels);
        return image;
    }

    private static ImageChannels Channels(int count) => count switch
    {
        1 => ImageChannels.Gray,
        3 => ImageChannels.Rgb,
        _ => ImageChannels.Rgba,
    };

    // Smooth, so that JPEG changes it little; opaque, as decoding multiplies by alpha.
    private static PixelImage Smooth(int channels)
    {
        var image = new PixelImage(24, 16, channels);
        for (var i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = i % channels == 3 ? (byte)255 : (byte)(40 + (i / channels % 24 * 4) + (i / channels / 24 * 4));
        return image;
    }
}
