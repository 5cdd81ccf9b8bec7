using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests;

/// <summary>Models from lightness to chroma, both from the same photographs.</summary>
public sealed class ColorizationTests : IClassFixture<ColorizationTests.Model>
{
    private readonly Pix2PixTransformer _transformer;

    public ColorizationTests(Model model) => _transformer = model.Transformer;

    [Fact]
    public void Fit_PhotosAsInputAndTarget_TrainsAndAgreesToOneLevel()
    {
        Assert.Equal(TrainedModel.Pairs, _transformer.Training!.Pairs);
        Assert.InRange(_transformer.Parity!.MaxDifferenceInLevels, 0, 1);
    }

    [Fact]
    public void Colorize_PhotoOfTheGeneratorsSize_IsItsTranslation()
    {
        using var photo = TestImages.Input(3);

        using var colorized = _transformer.Colorize(photo);
        using var translation = _transformer.Translate(photo);

        Assert.Equal((32, 32, MLPixelFormat.Bgra32), (colorized.Width, colorized.Height, colorized.PixelFormat));
        var differences = colorized.Pixels.ToArray().Zip(translation.Pixels.ToArray(), (a, b) => Math.Abs(a - b));
        Assert.InRange(differences.Max(), 0, 1); // single precision in the graph, double here
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(33, 31)]
    [InlineData(301, 77)]
    [InlineData(64, 200)]
    public void Colorize_PhotoOfAnySize_KeepsItsLightnessAtFullResolution(int width, int height)
    {
        using var photo = PixelLayout.FromPixels(Checkerboard(width, height));
        byte[] before = [.. photo.Pixels];

        using var colorized = _transformer.Colorize(photo);

        Assert.Equal((width, height), (colorized.Width, colorized.Height));
        Assert.Equal(before, photo.Pixels.ToArray());
        Assert.All(colorized.Pixels.ToArray().Chunk(4), pixel => Assert.Equal(255, pixel[3]));
        var (expected, actual) = (Lightness(photo), Lightness(colorized));
        Assert.All(expected.Zip(actual), level => Assert.InRange(level.First - level.Second, -1, 1));
    }

    [Fact]
    public void Colorize_GrayPhoto_BecomesColorful()
    {
        using var photo = PixelLayout.FromPixels(Checkerboard(50, 50));

        using var colorized = _transformer.Colorize(photo);

        Assert.Contains(PixelLayout.ToRgba(colorized).Pixels.Chunk(4), pixel => pixel[0] != pixel[1] || pixel[1] != pixel[2]);
    }

    [Fact]
    public void Colorize_SavedAndLoaded_GivesTheSamePixels()
    {
        var (context, path) = (new MLContext(), Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip"));
        try
        {
            context.Model.Save(_transformer, null, path);
            using var chain = context.ImageTranslation.LoadModel(path, out _);
            using var photo = TestImages.Input(5, 70, 41);
            using var expected = _transformer.Colorize(photo);
            using var actual = Assert.IsType<Pix2PixTransformer>(Assert.Single(chain)).Colorize(photo);

            Assert.Equal(TestImages.Hash(expected), TestImages.Hash(actual));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Trained once for all tests of this class.</summary>
    public sealed class Model : IDisposable
    {
        public Model()
        {
            var context = new MLContext(seed: 1);
            Transformer = context.ImageTranslation.Pix2Pix("Output", "Input", "Input", TestModels.Colorization)
                .Fit(TrainedModel.TrainingRows(context));
        }

        public Pix2PixTransformer Transformer { get; }

        public void Dispose() => Transformer.Dispose();
    }

    private static PixelImage Checkerboard(int width, int height)
    {
        var pixels = Enumerable.Range(0, width * height).Select(i => (byte)(((i % width) + (i / width)) % 2 == 0 ? 160 : 90));
        return new PixelImage(width, height, [.. pixels], channels: 1);
    }

    private static byte[] Lightness(MLImage image)
        => ChannelConversion.ToChannels(PixelLayout.ToRgba(image), ImageChannels.Lightness).Pixels;
}
