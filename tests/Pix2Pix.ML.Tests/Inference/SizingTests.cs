using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests.Inference;

public sealed class SizingTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Theory]
    [InlineData(ImageSizing.StretchAndRestore)]
    [InlineData(ImageSizing.OriginalSize)]
    [InlineData(ImageSizing.Tiles)]
    public void Translate_AnySize_HasTheImagesSize(ImageSizing kind)
    {
        using var transformer = model.Open(kind);
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
    [InlineData(ImageSizing.StretchAndRestore)]
    [InlineData(ImageSizing.OriginalSize)]
    [InlineData(ImageSizing.Tiles)]
    public void Translate_OfTheModelsSize_IsTheSameInAnyWay(ImageSizing kind)
    {
        using var transformer = model.Open(kind);
        using var image = TestImages.Input(3);

        Assert.InRange(TestImages.Difference(model.Transformer.Translate(image), transformer.Translate(image)), 0, 1);
    }

    [Fact]
    public void StretchAndRestore_ARectangle_IsStretchedBothWays()
    {
        using var transformer = model.Open(ImageSizing.StretchAndRestore);
        using var image = TestImages.Input(3, 100, 40);
        using var small = PixelLayout.FromPixels(ImageResizer.Resize(PixelLayout.ToRgba(image), 32, 32));
        using var translated = model.Transformer.Translate(small);
        using var expected = PixelLayout.FromPixels(ImageResizer.Resize(PixelLayout.ToRgba(translated), 100, 40));

        using var found = transformer.Translate(image);

        Assert.Equal(TestImages.Hash(expected), TestImages.Hash(found));
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
        using var transformer = model.Open(ImageSizing.Tiles);
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
    public void OriginalSize_AModelWithDropout_IsRejected()
    {
        var options = TestModels.Tiny with
        {
            Generator = TestModels.Tiny.Generator with { Width = 64, Height = 64 },
            Inference = new() { Dropout = true },
            Sizing = new() { Kind = ImageSizing.OriginalSize },
        };

        var error = Assert.Throws<ArgumentException>(
            () => model.Context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options)
                .Fit(TrainedModel.TrainingRows(model.Context)));

        Assert.Contains("dropout", error.Message);
    }

    [Theory]
    [InlineData(ImageSizing.OriginalSize)]
    [InlineData(ImageSizing.Tiles)]
    public void Transform_ImagesOfTheirOwnSize_AreReadOneByOne(ImageSizing kind)
    {
        using var transformer = model.Open(kind, batchSize: 16);
        var rows = new ProbeView([.. Enumerable.Range(0, 40).Select(i => (Func<MLImage?>)(() => TestImages.Input(i)))]);
        var view = transformer.Transform(rows);
        using var cursor = view.GetRowCursor([view.Schema["Output"]]);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Output"]);
        MLImage image = null!;
        cursor.MoveNext();
        getter(ref image);

        Assert.InRange(rows.Read, 1, 4); // one that is being translated, and the prefetched ones
    }
}
