using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests;

/// <summary>Networks that see and give other channels than red, green, blue.</summary>
public sealed class ChannelsTests(TrainedModel model) : IClassFixture<TrainedModel>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");
    private readonly MLContext _context = model.Context;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(ImageChannels.Gray, ImageChannels.Rgb, 1)]
    [InlineData(ImageChannels.Rgb, ImageChannels.Gray, 1)]
    [InlineData(ImageChannels.Rgba, ImageChannels.Rgba, 1)]
    [InlineData(ImageChannels.Rgb, ImageChannels.Chroma, 1)]
    [InlineData(ImageChannels.Chroma, ImageChannels.Lightness, 2)] // a level of lightness is up to two of gray
    public void Fit_AnyChannels_BothRuntimesAgree(ImageChannels from, ImageChannels to, int levels)
    {
        using var transformer = Fit(from, to);

        Assert.InRange(transformer.Parity!.MaxDifferenceInLevels, 0, levels);
        Assert.Equal((from, to), (transformer.Shape.Input, transformer.Shape.Output));
    }

    [Fact]
    public void Translate_Gray_SeesLumaAndGivesThreeEqualColors()
    {
        using var transformer = Fit(ImageChannels.Gray, ImageChannels.Gray);
        using var image = TestImages.Input(3);
        using var gray = PixelLayout.FromPixels(ChannelConversion.ToChannels(PixelLayout.ToRgba(image), ImageChannels.Gray));

        using var translation = transformer.Translate(image);
        using var fromGray = transformer.Translate(gray);

        Assert.Equal(TestImages.Hash(translation), TestImages.Hash(fromGray));
        Assert.All(translation.Pixels.ToArray().Chunk(4), pixel => Assert.Equal([pixel[0], pixel[0], pixel[0], 255], pixel));
    }

    [Fact]
    public void Translate_Rgba_SeesAlphaAndGivesIt()
    {
        using var transformer = Fit(ImageChannels.Rgba, ImageChannels.Rgba);
        using var opaque = TestImages.Input(3);
        byte[] pixels = [.. opaque.Pixels.ToArray().Select((value, i) => i % 4 == 3 ? (byte)(i / 16) : value)];
        using var transparent = MLImage.CreateFromPixels(32, 32, MLPixelFormat.Bgra32, pixels);
        using var rgba = PixelsOf(transparent, MLPixelFormat.Rgba32);

        using var fromOpaque = transformer.Translate(opaque);
        using var fromTransparent = transformer.Translate(transparent);
        using var fromRgba = transformer.Translate(rgba);

        Assert.NotEqual(TestImages.Hash(fromOpaque), TestImages.Hash(fromTransparent));
        Assert.Equal(TestImages.Hash(fromTransparent), TestImages.Hash(fromRgba));
        Assert.True(fromTransparent.Pixels.ToArray().Where((_, i) => i % 4 == 3).Distinct().Count() > 5);
    }

    /// <summary>ML.NET's decoder multiplies colors by alpha; saving divides again.</summary>
    [Fact]
    public void ToRgba_DecodedFile_HasColorsMultipliedByAlpha()
    {
        var file = Path.Combine(_folder.FullName, "a.png");
        using (var stream = File.Create(file))
            PngFile.Write(new PixelImage(4, 1, [200, 100, 50, 255, 200, 100, 50, 128, 200, 100, 50, 1, 200, 100, 50, 0], 4), stream);

        using var image = MLImage.CreateFromFile(file);

        Assert.Equal([200, 100, 50, 255, 100, 50, 25, 128, 1, 0, 0, 1, 0, 0, 0, 0], PixelLayout.ToRgba(image).Pixels);
        Assert.Equal(
            [200, 100, 50, 255, 199, 100, 50, 128, 255, 0, 0, 1, 0, 0, 0, 0], PixelLayout.ToPicture(image, ImageChannels.Rgba).Pixels);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void PngFile_AnyChannels_IsReadByMLNet(int channels)
    {
        var (file, image) = (Path.Combine(_folder.FullName, "a.png"), new PixelImage(61, 43, channels));
        new Random(channels).NextBytes(image.Pixels);
        if (channels == 4) // opaque or nothing: what is between loses digits when it is multiplied
        {
            for (var i = 0; i < image.Pixels.Length; i++)
                image.Pixels[i] = i % 4 == 3 ? (byte)255 : image.Pixels[i];
            Array.Clear(image.Pixels, 400, 80);
        }

        using (var stream = File.Create(file))
            PngFile.Write(image, stream);

        using var read = MLImage.CreateFromFile(file);
        Assert.Equal((61, 43), (read.Width, read.Height));
        Assert.Equal(ChannelConversion.ToChannels(image, ImageChannels.Rgba).Pixels, PixelLayout.ToRgba(read).Pixels);
    }

    [Theory]
    [InlineData(ImageChannels.Gray, 0)]
    [InlineData(ImageChannels.Lightness, 0)]
    [InlineData(ImageChannels.Rgb, 2)]
    [InlineData(ImageChannels.Chroma, 2)]
    [InlineData(ImageChannels.Rgba, 6)]
    public void TranslateFile_AnyChannels_WritesThatKindOfPng(ImageChannels channels, byte colorType)
    {
        using var transformer = Fit(ImageChannels.Rgb, channels);
        var (from, to) = (Path.Combine(_folder.FullName, "from.png"), Path.Combine(_folder.FullName, "to.PNG"));
        using var image = TestImages.Input(3, 50, 41);
        image.Save(from);

        transformer.TranslateFile(from, to);

        var file = File.ReadAllBytes(to);
        Assert.Equal([8, colorType], file[24..26]); // IHDR: bit depth, color type
        using var expected = transformer.Translate(image);
        using var actual = MLImage.CreateFromFile(to);
        if (channels != ImageChannels.Rgba) // whose colors may be above their alpha, and are clipped
            Assert.Equal(PixelLayout.ToRgba(expected).Pixels, PixelLayout.ToRgba(actual).Pixels);
        Assert.Equal(
            PixelLayout.ToRgba(expected).Pixels.Where((_, i) => i % 4 == 3), PixelLayout.ToRgba(actual).Pixels.Where((_, i) => i % 4 == 3));
        Assert.Equal(["from.png", "to.PNG"], _folder.GetFiles().Select(f => f.Name).Order());
    }

    [Fact]
    public void TranslateFile_OtherEnding_SaysWhatIsExpected()
    {
        var error = Assert.Throws<ArgumentException>(() => model.Transformer.TranslateFile("from.png", "to.gif"));

        Assert.Equal("The path 'to.gif' does not end in .png, .jpg, .jpeg or .webp. (Parameter 'to')", error.Message);
    }

    [Fact]
    public void Colorize_ModelOfColors_SaysWhatIsNeeded()
    {
        using var image = TestImages.Input(3);

        var error = Assert.Throws<InvalidOperationException>(() => model.Transformer.Colorize(image));

        Assert.Equal(
            "The model outputs Rgb, but colorizing requires Chroma. Train a model with Generator.Input = Lightness and Generator.Output = "
            + "Chroma, or use Translate.",
            error.Message);
    }

    /// <summary>Fill of ML.NET gives the pixels of our nearest kernel; so training and translation see the same labels.</summary>
    [Theory]
    [InlineData(64, 64)]
    [InlineData(1024, 192)]
    [InlineData(50, 41)]
    [InlineData(7, 90)]
    [InlineData(1, 1)]
    public void Translate_NearestKernel_SeesLabelsAsInTraining(int width, int height)
    {
        using var transformer = _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", TestModels.Nearest)
            .Fit(TrainedModel.TrainingRows(_context));
        var labels = new PixelImage(width, height);
        new Random(1).NextBytes(labels.Pixels);
        using var image = PixelLayout.FromPixels(labels);
        using var resized = PixelLayout.FromPixels(ImageResizer.Resize(labels, 32, 32, ResizeKernel.Nearest));

        using var expected = transformer.Translate(resized);
        using var actual = transformer.Translate(image);

        Assert.Equal(TestImages.Hash(expected), TestImages.Hash(actual));
    }

    private static MLImage PixelsOf(MLImage image, MLPixelFormat format)
        => MLImage.CreateFromPixels(image.Width, image.Height, format, PixelLayout.ToRgba(image).Pixels);

    private Pix2PixTransformer Fit(ImageChannels from, ImageChannels to)
        => _context.ImageTranslation.Pix2Pix(
            "Output", "Input", "Target", TestModels.Tiny with { Generator = TestModels.Tiny.Generator with { Input = from, Output = to } })
            .Fit(TrainedModel.TrainingRows(_context));
}
