using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Pix2Pix.ML.Tests;

public sealed class Pix2PixTransformerTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    private readonly MLContext _context = model.Context;
    private readonly Pix2PixTransformer _transformer = model.Transformer;

    [Fact]
    public void Fit_TinyModel_ReportsParityProgressAndLog()
    {
        Assert.InRange(_transformer.Parity!.MaxDifferenceInLevels, 0, OnnxParity.Tolerance);
        Assert.Equal(4, _transformer.Parity.Images);
        Assert.Equal(6, _transformer.Training!.Steps); // 3 batches of 2 pairs, 2 epochs
        Assert.Equal([1, 2, 3, 4, 5, 6], model.Progress.Select(p => p.Step));
        Assert.Equal(TimeSpan.Zero, model.Progress[^1].Remaining);
        Assert.Contains(model.Log, line => line.Contains("6 pairs of 36x36 pixels, kept in memory: 45.6 KiB of the budget of 2.0 GiB; seed 7."));
        Assert.Contains(model.Log, line => line.Contains("Epoch 1 of 2: D "));
        Assert.Contains(model.Log, line => line.Contains("Epoch 2 of 2: D "));
    }

    [Fact]
    public void Transform_WithoutTargetColumn_TranslatesEachRowInOrder()
    {
        var images = Enumerable.Range(10, 5).Select(i => TestImages.Input(i)).ToArray();
        var view = _transformer.Transform(Rows(images));

        var rows = _context.Data.CreateEnumerable<TranslatedRow>(view, reuseRowObject: false, ignoreMissingColumns: true).ToArray();

        Assert.Equal(["0", "1", "2", "3", "4"], rows.Select(row => row.Name));
        Assert.Equal(images.Select(image => Hash(image)), rows.Select(row => TestImages.Hash(row.Output!)));
        Assert.Equal(5, rows.Select(row => TestImages.Hash(row.Output!)).Distinct().Count());
        Assert.All(rows, row => Assert.Equal((32, 32), (row.Output!.Width, row.Output.Height)));
        Assert.All(images, image => Assert.Equal(32 * 32 * 4, image.Pixels.Length)); // none was disposed
    }

    [Fact]
    public void Transform_NullImage_GivesNull()
    {
        var view = _transformer.Transform(Rows([TestImages.Input(1), null, TestImages.Input(2)]));

        var rows = _context.Data.CreateEnumerable<TranslatedRow>(view, reuseRowObject: false, ignoreMissingColumns: true).ToArray();

        Assert.Equal([false, true, false], rows.Select(row => row.Output is null));
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(100, 40)]
    [InlineData(33, 31)]
    [InlineData(1, 1)]
    public void Translate_AnotherSize_GivesTheGeneratorsSize(int width, int height)
    {
        using var image = TestImages.Input(3, width, height);
        using var translation = _transformer.Translate(image);

        Assert.Equal((32, 32), (translation.Width, translation.Height));
        Assert.Equal(width * height * 4, image.Pixels.Length);
    }

    [Fact]
    public void Translate_RgbaAndBgra_GiveTheSame()
    {
        using var bgra = TestImages.Input(3);
        using var rgba = TestImages.Input(3, format: MLPixelFormat.Rgba32);

        Assert.Equal(Hash(bgra), Hash(rgba));
    }

    [Fact]
    public void Translate_SameImageTwice_GivesTheSame()
    {
        using var image = TestImages.Input(5);

        Assert.Equal(Hash(image), Hash(image));
    }

    [Fact]
    public void PredictionEngine_SeveralRows_GivesWhatTransformGives()
    {
        using var engine = _context.Model.CreatePredictionEngine<TestRow, TranslatedRow>(
            _transformer, new PredictionEngineOptions { OwnsTransformer = false });

        foreach (var seed in (int[])[1, 2, 1])
        {
            var image = TestImages.Input(seed);
            var row = engine.Predict(new TestRow { Name = "a", Input = image });
            Assert.Equal(Hash(image), TestImages.Hash(row.Output!));
            Assert.Equal("a", row.Name);
        }
    }

    [Theory]
    [InlineData("Input", true, false)]
    [InlineData("Name", false, false)]
    [InlineData("Output", false, true)]
    public void GetRowCursor_OneColumn_TranslatesOnlyWhenAsked(string asked, bool input, bool output)
    {
        var view = _transformer.Transform(Rows([TestImages.Input(1)]));

        using var cursor = view.GetRowCursor([view.Schema[asked]]);

        Assert.Equal((input, output), (cursor.IsColumnActive(view.Schema["Input"]), cursor.IsColumnActive(view.Schema["Output"])));
        if (output)
            return;
        var error = Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<MLImage>(view.Schema["Output"]));
        Assert.Equal("Column 'Output' is not active because it was not requested when the cursor was created.", error.Message);
    }

    [Fact]
    public void Transform_NoRows_GivesNone()
    {
        var view = _transformer.Transform(Rows([]));

        Assert.Empty(_context.Data.CreateEnumerable<TranslatedRow>(view, reuseRowObject: false, ignoreMissingColumns: true));
        Assert.Single(view.GetRowCursorSet(view.Schema, 4)).Dispose();
    }

    [Fact]
    public void Transform_TakeRowsAndFilter_KeepsOrder()
    {
        var rows = Rows([.. Enumerable.Range(0, 6).Select(i => TestImages.Input(i))]);
        var view = _transformer.Transform(_context.Data.SkipRows(_context.Data.TakeRows(rows, 4), 1));

        var names = _context.Data.CreateEnumerable<TranslatedRow>(view, reuseRowObject: true, ignoreMissingColumns: true)
            .Select(row => row.Name).ToArray();

        Assert.Equal(["1", "2", "3"], names);
    }

    [Fact]
    public void Append_StagesAroundIt_FitAndTransform()
    {
        var pipeline = _context.Transforms.CopyColumns("Copy", "Input")
            .Append(_context.ImageTranslation.Pix2Pix("Output", "Copy", "Target", TrainedModel.Options))
            .Append(_context.Transforms.ConvertToGrayscale("Gray", "Output"));

        using var fitted = pipeline.Fit(TrainedModel.TrainingRows(_context));
        var view = fitted.Transform(TrainedModel.TrainingRows(_context));

        Assert.Equal(new ImageDataViewType(32, 32), view.Schema["Output"].Type);
        using var cursor = view.GetRowCursor([view.Schema["Gray"]]);
        Assert.True(cursor.MoveNext());
        MLImage gray = null!;
        cursor.GetGetter<MLImage>(view.Schema["Gray"])(ref gray);
        Assert.Equal(gray.Pixels[0], gray.Pixels[1]);
    }

    [Fact]
    public void Translate_FromFourThreads_GivesWhatOneThreadGives()
    {
        var images = Enumerable.Range(0, 16).Select(i => TestImages.Input(i)).ToArray();
        var expected = images.Select(image => Hash(image)).ToArray();

        var found = new string[400];
        Parallel.For(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => found[i] = Hash(images[i % 16]));

        Assert.All(found.Index(), result => Assert.Equal(expected[result.Index % 16], result.Item));
    }

    private string Hash(MLImage image)
    {
        using var translation = _transformer.Translate(image);
        return TestImages.Hash(translation);
    }

    private IDataView Rows(MLImage?[] images)
        => _context.Data.LoadFromEnumerable(images.Select((image, i) => new OnlyInput { Name = $"{i}", Input = image }).ToArray());

    private sealed class OnlyInput
    {
        public string Name { get; set; } = string.Empty;

        [ImageType(32, 32)]
        public MLImage? Input { get; set; }
    }
}
