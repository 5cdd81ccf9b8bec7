using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Inference;
using Pix2Pix.ML.Persistence;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;

namespace Pix2Pix.ML.Tests;

public sealed class SizingTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Theory]
    [InlineData(ImageSizing.StretchAndBack)]
    [InlineData(ImageSizing.OwnSize)]
    [InlineData(ImageSizing.Tiles)]
    public void Translate_AnySize_HasTheImagesSize(ImageSizing kind)
    {
        using var transformer = Open(kind);
        foreach (var (width, height) in (ReadOnlySpan<(int, int)>)[(1, 1), (33, 31), (100, 40), (7, 90), (64, 64)])
        {
            using var image = TestImages.Input(3, width, height);
            var before = TestImages.Hash(image);
            using var translation = transformer.Translate(image);

            Assert.Equal((width, height), (translation.Width, translation.Height));
            Assert.Equal(before, TestImages.Hash(image));
        }
    }

    [Theory]
    [InlineData(ImageSizing.StretchAndBack)]
    [InlineData(ImageSizing.OwnSize)]
    [InlineData(ImageSizing.Tiles)]
    public void Translate_OfTheModelsSize_IsTheSameInAnyWay(ImageSizing kind)
    {
        using var transformer = Open(kind);
        using var image = TestImages.Input(3);

        Assert.InRange(Difference(model.Transformer.Translate(image), transformer.Translate(image)), 0, 1);
    }

    [Fact]
    public void StretchAndBack_ARectangle_IsStretchedBothWays()
    {
        using var transformer = Open(ImageSizing.StretchAndBack);
        using var image = TestImages.Input(3, 100, 40);
        using var small = PixelLayout.FromPixels(ImageResizer.Resize(PixelLayout.ToRgba(image), 32, 32));
        using var translated = model.Transformer.Translate(small);
        using var expected = PixelLayout.FromPixels(ImageResizer.Resize(PixelLayout.ToRgba(translated), 100, 40));

        using var found = transformer.Translate(image);

        Assert.Equal(TestImages.Hash(expected), TestImages.Hash(found));
    }

    [Theory]
    [InlineData(10_000, 8)]
    [InlineData(8, 3_000)]
    public void Tiles_VeryLongImages_AreTranslated(int width, int height)
    {
        using var transformer = Open(ImageSizing.Tiles);
        using var image = TestImages.Input(3, width, height);
        using var translation = transformer.Translate(image);

        Assert.Equal((width, height), (translation.Width, translation.Height));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Tiles_OfAnyBatchSize_GiveTheSame(int batchSize)
    {
        using var one = Open(ImageSizing.Tiles);
        using var several = Open(ImageSizing.Tiles, batchSize);
        using var image = TestImages.Input(3, 200, 90);

        Assert.InRange(Difference(one.Translate(image), several.Translate(image)), 0, 1);
    }

    /// <summary>A slope without edges: what steps there are come from the tiles.</summary>
    [Theory]
    [InlineData(NormStatistics.Image)]
    [InlineData(NormStatistics.Running)]
    public void Tiles_ASmoothImage_HasNoSeams(NormStatistics statistics)
    {
        using var trained = statistics == NormStatistics.Image ? null : TestModels.Train(statistics);
        using var transformer = Open(ImageSizing.Tiles, 1, trained ?? model.Transformer);
        using var image = Slope(160, 96);

        using var translation = transformer.Translate(image);

        var steps = ColumnSteps(translation);
        var axis = new TileAxis(160, 32, transformer.Sizing.TileOverlap);
        int[] borders = [.. Enumerable.Range(1, axis.Count - 1).SelectMany(i => (int[])[axis.Start(i), axis.Start(i - 1) + 32])];
        var (atBorders, elsewhere) = (steps.Index().Where(s => borders.Contains(s.Index + 1)), steps.Index().Where(s => !borders.Contains(s.Index + 1)));
        Assert.InRange(atBorders.Max(s => s.Item), 0, elsewhere.Max(s => s.Item));
        Assert.InRange(atBorders.Average(s => s.Item), 0, 1.2 * elsewhere.Average(s => s.Item));
    }

    /// <summary>What is far away in the image counts, where statistics are the image's; not where they are the running ones.</summary>
    [Theory]
    [InlineData(NormStatistics.Image)]
    [InlineData(NormStatistics.Running)]
    public void Tiles_AnotherFarEnd_MovesTheNearOneByTheSharedStatisticsAlone(NormStatistics statistics)
    {
        using var trained = statistics == NormStatistics.Image ? null : TestModels.Train(statistics);
        using var transformer = Open(ImageSizing.Tiles, 1, trained ?? model.Transformer);
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

    [Fact]
    public void With_AnotherSizing_IsATransformerOfItsOwn()
    {
        using var image = TestImages.Input(3, 50, 40);
        var tiles = model.Transformer.With(new() { Kind = ImageSizing.Tiles }, new() { BatchSize = 2, Threads = 1 });

        using (var translation = tiles.Translate(image))
            Assert.Equal((50, 40), (translation.Width, translation.Height));
        Assert.Equal((2, 1, true), (tiles.Execution.BatchSize, tiles.Execution.Threads, tiles.Execution.Spinning));
        Assert.Equal(TestModels.Onnx(model.Transformer), TestModels.Onnx(tiles));
        tiles.Dispose();
        using var before = model.Transformer.Translate(image);
        Assert.Equal((32, 32), (before.Width, before.Height));
    }

    [Fact]
    public void Transform_Tiles_KeepsTheColumnsSize()
    {
        using var transformer = Open(ImageSizing.Tiles);
        var view = transformer.Transform(new ProbeView(() => TestImages.Input(1, 50, 40), () => null, () => TestImages.Input(2, 70, 20)));

        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Output"]);
        List<(int, int)?> sizes = [];
        while (cursor.MoveNext())
        {
            MLImage image = null!;
            getter(ref image);
            sizes.Add(image is null ? null : (image.Width, image.Height));
        }

        Assert.Equal([(50, 40), null, (70, 20)], sizes);
        Assert.Equal(view.Schema["Input"].Type, view.Schema["Output"].Type);
    }

    [Fact]
    public void OwnSize_AModelWithDropout_IsRefused()
    {
        var options = TestModels.Tiny with
        {
            Generator = TestModels.Tiny.Generator with { Width = 64, Height = 64 },
            Inference = new() { Dropout = true },
            Sizing = new() { Kind = ImageSizing.OwnSize },
        };

        var error = Assert.Throws<ArgumentException>(
            () => model.Context.Transforms.Pix2Pix("Output", "Input", "Target", options).Fit(TrainedModel.TrainingRows(model.Context)));

        Assert.Contains("dropout", error.Message);
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

    private static int Difference(MLImage first, MLImage second)
    {
        using (first)
        using (second)
            return first.Pixels.ToArray().Zip(second.Pixels.ToArray(), (a, b) => Math.Abs(a - b)).Max();
    }

    private Pix2PixTransformer Open(ImageSizing kind, int batchSize = 1, Pix2PixTransformer? trained = null) => new(
        new OnnxGenerator(
            TestModels.Onnx(trained ?? model.Transformer),
            OpenOptions.Default with { Execution = new() { BatchSize = batchSize }, Sizing = new() { Kind = kind } },
            new Pix2PixLog(null, "test")),
        new StageColumns("Input", "Output"));

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

    [Theory]
    [InlineData(ImageSizing.OwnSize)]
    [InlineData(ImageSizing.Tiles)]
    public void Transform_ImagesOfTheirOwnSize_AreReadOneByOne(ImageSizing kind)
    {
        using var transformer = Open(kind, batchSize: 16);
        var rows = new ProbeView([.. Enumerable.Range(0, 40).Select(i => (Func<MLImage?>)(() => TestImages.Input(i)))]);
        var view = transformer.Transform(rows);
        using var cursor = view.GetRowCursor([view.Schema["Output"]]);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Output"]);
        MLImage image = null!;
        cursor.MoveNext();
        getter(ref image);

        Assert.InRange(rows.Read, 1, 4); // one that is translated, and what is read ahead
    }
}
