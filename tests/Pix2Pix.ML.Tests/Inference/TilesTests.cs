using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Inference;

namespace Pix2Pix.ML.Tests.Inference;

/// <summary>Images that are translated in tiles.</summary>
public sealed class TilesTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Theory]
    [InlineData(10_000, 8)]
    [InlineData(8, 3_000)]
    public void Tiles_VeryLongImages_AreTranslated(int width, int height)
    {
        using var transformer = model.Open(ImageSizing.Tiles);
        using var image = TestImages.Input(3, width, height);
        using var translation = transformer.Translate(image);

        Assert.Equal((width, height), (translation.Width, translation.Height));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Tiles_OfAnyBatchSize_GiveTheSame(int batchSize)
    {
        using var one = model.Open(ImageSizing.Tiles);
        using var several = model.Open(ImageSizing.Tiles, batchSize);
        using var image = TestImages.Input(3, 200, 90);

        Assert.InRange(TestImages.Difference(one.Translate(image), several.Translate(image)), 0, 1);
    }

    /// <summary>A gradient without edges, so that any steps come from the tiles.</summary>
    [Theory]
    [InlineData(NormStatistics.Image)]
    [InlineData(NormStatistics.Running)]
    public void Tiles_ASmoothImage_HasNoSeams(NormStatistics statistics)
    {
        using var trained = statistics == NormStatistics.Image ? null : TestModels.Train(statistics);
        using var transformer = model.Open(ImageSizing.Tiles, 1, trained ?? model.Transformer);
        using var image = Slope(160, 96);

        using var translation = transformer.Translate(image);

        var steps = ColumnSteps(translation);
        var axis = new TileAxis(160, 32, transformer.Sizing.TileOverlap);
        int[] borders = [.. Enumerable.Range(1, axis.Count - 1).SelectMany(i => (int[])[axis.Start(i), axis.Start(i - 1) + 32])];
        var (atBorders, elsewhere) = (steps.Index().Where(s => borders.Contains(s.Index + 1)), steps.Index().Where(s => !borders.Contains(s.Index + 1)));
        Assert.InRange(atBorders.Max(s => s.Item), 0, elsewhere.Max(s => s.Item));
        Assert.InRange(atBorders.Average(s => s.Item), 0, 1.2 * elsewhere.Average(s => s.Item));
    }

    /// <summary>Distant parts of the image have an effect with the statistics of the image, but not with running statistics.</summary>
    [Theory]
    [InlineData(NormStatistics.Image)]
    [InlineData(NormStatistics.Running)]
    public void Tiles_AnotherFarEnd_MovesTheNearOneByTheSharedStatisticsOnly(NormStatistics statistics)
    {
        using var trained = statistics == NormStatistics.Image ? null : TestModels.Train(statistics);
        using var transformer = model.Open(ImageSizing.Tiles, 1, trained ?? model.Transformer);
        using var dark = Slope(192, 32);
        var pixels = dark.Pixels.ToArray();
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = i / 4 % 192 >= 128 ? (byte)255 : pixels[i];
        using var bright = MLImage.CreateFromPixels(192, 32, MLPixelFormat.Bgra32, pixels);

        using var first = transformer.Translate(dark);
        using var second = transformer.Translate(bright);

        var moved = MeanDifference(PixelLayout.ToRgba(first).Crop(0, 0, 64, 32), PixelLayout.ToRgba(second).Crop(0, 0, 64, 32));
        Assert.Equal(statistics == NormStatistics.Image, moved > 0.5);
        if (statistics == NormStatistics.Running)
            Assert.Equal(0, moved);
    }

    [Theory]
    [InlineData(32, 32, 0.25, new[] { 0 })]
    [InlineData(10, 32, 0.25, new[] { 0 })]
    [InlineData(33, 32, 0.25, new[] { 0, 1 })]
    [InlineData(80, 32, 0.25, new[] { 0, 24, 48 })]
    [InlineData(81, 32, 0.5, new[] { 0, 12, 24, 36, 49 })]
    public void TileAxis_AnyLength_IsCovered(int length, int tile, double overlap, int[] starts)
    {
        var axis = new TileAxis(length, tile, overlap);

        Assert.Equal(starts, Enumerable.Range(0, axis.Count).Select(axis.Start));
        var sums = new float[Math.Max(length, tile)];
        for (var i = 0; i < axis.Count; i++)
        {
            for (var x = 0; x < tile; x++)
                sums[axis.Start(i) + x] += axis.Weights(i)[x];
        }

        Assert.All(sums, sum => Assert.Equal(1, sum, 1e-5f));
    }

    private static MLImage Slope(int width, int height)
    {
        var pixels = new byte[width * height * 4];
        for (var i = 0; i < width * height; i++)
        {
            pixels[4 * i] = (byte)(i % width * 255 / width);
            pixels[(4 * i) + 1] = (byte)(i / width * 255 / height);
            pixels[(4 * i) + 2] = 90;
            pixels[(4 * i) + 3] = 255;
        }

        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
    }

    /// <summary>The mean difference of each column of pixels from the one before it.</summary>
    private static double[] ColumnSteps(MLImage image)
    {
        var pixels = image.Pixels.ToArray();
        return
        [
            .. Enumerable.Range(1, image.Width - 1).Select(x => Enumerable.Range(0, image.Height).Average(y =>
                Enumerable.Range(0, 3).Average(c =>
                    Math.Abs(pixels[(4 * ((y * image.Width) + x)) + c] - pixels[(4 * ((y * image.Width) + x - 1)) + c])))),
        ];
    }

    private static double MeanDifference(PixelImage first, PixelImage second)
        => first.Pixels.Zip(second.Pixels, (a, b) => (double)Math.Abs(a - b)).Average();

    [Theory]
    [InlineData(64, 64)]
    [InlineData(2, 64)]
    [InlineData(3, 128)]
    [InlineData(1000, 1)]
    [InlineData(5, 5)]
    public void Tiles_ThatAreMeasured_AreSpreadOverBothSides(int across, int down)
    {
        var (columns, rows) = TileTranslator.Measured(across, down);

        var spread = Enumerable.Range(0, columns).Select(i => TileTranslator.Middle(i, columns, across)).ToArray();
        Assert.InRange(columns * rows, Math.Min(across * down, 32), 64);
        Assert.InRange(columns, Math.Min(across, 2), across);
        Assert.InRange(rows, Math.Min(down, 2), down);
        Assert.Equal(spread.Distinct().Count(), spread.Length);
        Assert.InRange(spread[0], 0, (across / columns) + 1);
        Assert.InRange(spread[^1], across - (across / columns) - 2, across - 1);
    }
}
