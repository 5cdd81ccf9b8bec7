using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Inference;

namespace Pix2Pix.ML.Tests.Inference;

public sealed class BatchedScoringTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void Cursor_AnyBatchSize_GivesEachRowItsTranslation(int batchSize)
    {
        using var transformer = Open(batchSize);
        var images = Images(8);
        images[2] = () => null;
        images[7] = () => TestImages.Input(7, 50, 40);

        var rows = Read(transformer.Transform(new ProbeView(images)));

        Assert.Equal(Enumerable.Range(0, 8), rows.Select(row => row.Number));
        Assert.Equal(images.Select(Hash), rows.Select(row => row.Translation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cursor_Shuffled_KeepsRowsTogether(int batchSize)
    {
        using var transformer = Open(batchSize);
        var images = Images(7);

        var rows = Read(transformer.Transform(new ProbeView(images)), new Random(5));

        Assert.NotEqual(Enumerable.Range(0, 7), rows.Select(row => row.Number));
        Assert.Equal(rows.Select(row => Hash(images[row.Number])), rows.Select(row => row.Translation));
    }

    [Fact]
    public void Cursor_AnImageThatCannotBeRead_FailsAtItsRowOnly()
    {
        using var transformer = Open(3);
        var images = Images(5);
        images[1] = () => throw new InvalidDataException("This image is broken.");

        var view = transformer.Transform(new ProbeView(images));
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Output"]);
        MLImage image = null!;
        for (var row = 0; cursor.MoveNext(); row++)
        {
            if (row == 1)
                Assert.Equal("This image is broken.", Assert.Throws<InvalidDataException>(() => getter(ref image)).Message);
            else
                getter(ref image);
        }

        Assert.Equal(5, cursor.Position);
    }

    [Fact]
    public void Cursor_NothingAsked_ReadsNoImage()
    {
        using var transformer = Open(3);
        var source = new ProbeView(Images(5));
        var view = transformer.Transform(source);

        using (var cursor = view.GetRowCursor(view.Schema))
        {
            _ = cursor.GetGetter<MLImage>(view.Schema["Output"]);
            while (cursor.MoveNext())
            {
            }
        }

        Assert.Equal((0, 0), (source.Read, source.Open));
    }

    [Fact]
    public void Cursor_RowsPassedOver_AreNotRead()
    {
        using var transformer = Open(1);
        var source = new ProbeView(Images(50));

        var view = transformer.Transform(source);
        using (var cursor = view.GetRowCursor([view.Schema["Output"]]))
        {
            for (var i = 0; i < 50; i++)
                cursor.MoveNext();
            MLImage image = null!;
            cursor.GetGetter<MLImage>(view.Schema["Output"])(ref image);
            Assert.Equal(Hash(() => TestImages.Input(49)), TestImages.Hash(image));
        }

        Assert.Equal(1, source.Read);
    }

    [Fact]
    public void Cursor_DisposedEarly_EndsTheReading()
    {
        using var transformer = Open(2);
        var source = new ProbeView(Images(1000));
        var view = transformer.Transform(source);

        using (var cursor = view.GetRowCursor([view.Schema["Output"]]))
        {
            cursor.MoveNext();
            MLImage image = null!;
            cursor.GetGetter<MLImage>(view.Schema["Output"])(ref image);
        }

        Assert.Equal(0, source.Open);
        Assert.InRange(source.Read, 1, 7); // three batches of two, and one that waits for room
    }

    [Fact]
    public void Cursor_RowsInAnotherOrderInTheSecondPass_IsAnError()
    {
        using var transformer = Open(2);
        var view = transformer.Transform(new ProbeView(Images(4)) { IsUnsteady = true });

        var error = Assert.Throws<InvalidOperationException>(() => Read(view));

        Assert.StartsWith("Two passes over the data returned different rows.", error.Message);
    }

    [Fact]
    public void Transform_TwoStages_TranslateOneAfterTheOther()
    {
        using var transformer = Open(3);
        var first = transformer.Transform(new ProbeView(Images(4)));
        using var second = new Pix2PixTransformer(Generator(2), new StageColumns("Output", "Again"));
        var view = second.Transform(first);

        using var cursor = view.GetRowCursor([view.Schema["Again"]]);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Again"]);
        for (var i = 0; cursor.MoveNext(); i++)
        {
            MLImage image = null!;
            getter(ref image);
            using var once = model.Transformer.Translate(TestImages.Input(i));
            Assert.Equal(Hash(() => once), TestImages.Hash(image));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void BatchSize_OutOfRange_ReportsWhatIsExpected(int size)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new ExecutionOptions { BatchSize = size });

        Assert.Contains($"BatchSize is {size}; expected a value from 1 to 1024, or null.", error.Message);
    }

    private static Func<MLImage?>[] Images(int count)
        => [.. Enumerable.Range(0, count).Select<int, Func<MLImage?>>(i => () => TestImages.Input(i))];

    private static List<(int Number, string? Translation)> Read(IDataView view, Random? random = null)
    {
        using var cursor = view.GetRowCursor(view.Schema, random);
        var numbers = cursor.GetGetter<int>(view.Schema["Number"]);
        var images = cursor.GetGetter<MLImage>(view.Schema["Output"]);
        List<(int, string?)> rows = [];
        while (cursor.MoveNext())
        {
            var number = 0;
            numbers(ref number);
            MLImage image = null!;
            images(ref image);
            rows.Add((number, image is null ? null : TestImages.Hash(image)));
        }

        return rows;
    }

    private string? Hash(Func<MLImage?> image)
    {
        if (image() is not { } source)
            return null;
        using var translation = model.Transformer.Translate(source);
        return TestImages.Hash(translation);
    }

    private Pix2PixTransformer Open(int batchSize) => new(Generator(batchSize), new StageColumns("Input", "Output"));

    private OnnxGenerator Generator(int batchSize)
        => new(TestModels.Onnx(model.Transformer), OpenOptions.Default with { Execution = new() { BatchSize = batchSize } }, new Pix2PixLog(null, "test"));
}
