using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Pix2Pix.ML.Tests;

/// <summary>Public disposable types, disposed twice and used afterwards.</summary>
public sealed class DisposalTests(TrainedModel model) : IClassFixture<TrainedModel>, IDisposable
{
    private readonly MLContext _context = model.Context;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");

    public static TheoryData<string> Views => ["translated", "batched", "mapped", "files", "mapped files", "translated files", "stock images"];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Views))]
    public void Cursor_DisposedTwice_ThrowsWhenUsed(string name)
    {
        var view = View(name);
        var column = view.Schema.Last(column => column.Type is ImageDataViewType);
        foreach (var rows in new[] { 0, 1 })
        {
            var cursor = view.GetRowCursor(view.Schema);
            var getter = cursor.GetGetter<MLImage>(column);
            MLImage image = null!;
            for (var i = 0; i < rows; i++)
            {
                Assert.True(cursor.MoveNext());
                getter(ref image);
            }

            cursor.Dispose();
            cursor.Dispose();

            Assert.Throws<ObjectDisposedException>(() => cursor.MoveNext());
            Assert.Throws<ObjectDisposedException>(() => getter(ref image));
        }
    }

    [Fact]
    public void Row_DisposedTwice_ThrowsWhenUsed()
    {
        var rows = TrainedModel.TrainingRows(_context);
        var source = rows.GetRowCursor(rows.Schema);
        var row = ((ITransformer)model.Transformer).GetRowToRowMapper(rows.Schema).GetRow(source, model.Transformer.GetOutputSchema(rows.Schema));
        var getter = row.GetGetter<MLImage>(row.Schema["Output"]);
        MLImage image = null!;
        source.MoveNext();
        getter(ref image);

        row.Dispose();
        row.Dispose();

        Assert.Throws<ObjectDisposedException>(() => getter(ref image));
    }

    [Fact]
    public void Transformer_DisposedTwice_ThrowsWhenUsedAndCanBeSaved()
    {
        var zip = Path.Combine(_folder.FullName, "model.zip");
        var png = Path.Combine(_folder.FullName, "image.png");
        using var image = TestImages.Input(1);
        image.Save(png);
        var transformer = model.Transformer.With(new SizingOptions());
        var rows = TrainedModel.TrainingRows(_context);
        using var cursor = transformer.Transform(rows).GetRowCursor(transformer.GetOutputSchema(rows.Schema));
        var getter = cursor.GetGetter<MLImage>(cursor.Schema["Output"]);
        MLImage found = null!;
        cursor.MoveNext();
        getter(ref found);

        transformer.Dispose();
        transformer.Dispose();

        Action[] uses =
        [
            () => transformer.Translate(image),
            () => transformer.TranslateFile(png, Path.Combine(_folder.FullName, "out.png")),
            () => transformer.TranslateFolder(_folder.FullName, Path.Combine(_folder.FullName, "out")),
            () => transformer.SaveAsOnnx(Path.Combine(_folder.FullName, "half.onnx"), new() { Weights = WeightPrecision.Half }),
            () => transformer.Transform(rows).Preview(),
            () =>
            {
                while (cursor.MoveNext())
                    getter(ref found);
            },
        ];
        Assert.All(uses, use => Assert.Throws<ObjectDisposedException>(use));
        _context.Model.Save(transformer, null, zip);
        using var again = transformer.With(new SizingOptions());
        using var chain = _context.ImageTranslation.LoadModel(zip, out _);
        using var first = again.Translate(image);
        using var second = chain.OfType<Pix2PixTransformer>().Single().Translate(image);
        Assert.Equal(TestImages.Hash(first), TestImages.Hash(second));
        chain.Dispose();
    }

    [Fact]
    public void PredictionEngine_DisposedTwice_EndsTheTransformer()
    {
        var transformer = model.Transformer.With(new SizingOptions());
        var engine = _context.Model.CreatePredictionEngine<TestRow, TranslatedRow>(transformer);
        using var input = TestImages.Input(1);
        engine.Predict(new TestRow { Input = input }).Output?.Dispose();

        engine.Dispose();
        engine.Dispose();

        Assert.Throws<ObjectDisposedException>(() => engine.Predict(new TestRow { Input = input }));
        Assert.Throws<ObjectDisposedException>(() => transformer.Translate(input));
    }

    private IDataView View(string name)
    {
        for (var i = 0; i < 3; i++)
        {
            using var image = TestImages.Input(i);
            image.Save(Path.Combine(_folder.FullName, $"{i}.png"));
        }

        var files = _context.ImageTranslation.LoadImages(_folder.FullName);
        var rows = TrainedModel.TrainingRows(_context);
        var ofPhotos = _context.Transforms.CopyColumns("Input", "Photo");
        return name switch
        {
            "translated" => model.Transformer.Transform(rows),
            "batched" => model.Transformer.With(execution: new() { BatchSize = 2 }).Transform(rows),
            "mapped" => _context.Transforms.DrawEdges("Edges", "Input").Fit(rows).Transform(rows),
            "files" => files,
            "mapped files" => _context.Transforms.DrawEdges("Edges", "Photo").Fit(files).Transform(files),
            "translated files" => model.Transformer.Transform(ofPhotos.Fit(files).Transform(files)),
            _ => model.Transformer.Transform(_context.Transforms.LoadImages("Input", _folder.FullName, "Name").Fit(Names()).Transform(Names())),
        };
    }

    private IDataView Names() => _context.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new { Name = $"{i}.png" }));
}
