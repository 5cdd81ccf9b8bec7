using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Inference;
using static Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator;

namespace Pix2Pix.ML.Tests.Persistence;

[Collection(SavingCollection.Name)]
public sealed class SaveAndLoadTests(TrainedModel model) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");
    private readonly MLContext _context = model.Context;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void LoadModel_SavedStage_GivesTheSamePixelsAndOptions()
    {
        var zip = Save(model.Transformer);

        using var chain = _context.ImageTranslation.LoadModel(zip, out var schema);

        var loaded = Assert.IsType<Pix2PixTransformer>(Assert.Single(chain));
        Assert.Equal(model.Transformer.Generator, loaded.Generator);
        Assert.Equal(model.Transformer.Inference, loaded.Inference);
        Assert.Equal(("Input", "Output"), (loaded.InputColumnName, loaded.OutputColumnName));
        Assert.Equal(Hash(model.Transformer, 3), Hash(loaded, 3));
        Assert.Contains(schema, column => column.Name == "Name");
    }

    [Fact]
    public void LoadModel_NestedChains_FindsEachStage()
    {
        var second = new Pix2PixTransformer(
            new ML.Inference.OnnxGenerator(TestModels.Onnx(model.Transformer), OpenOptions.Default, new Pix2PixLog(null, "test")), new("Output", "Again"));
        using var inner = new TransformerChain<ITransformer>(model.Transformer.With(), second); // disposes both
        var zip = Save(new TransformerChain<ITransformer>(inner, _context.Transforms.CopyColumns("Name2", "Name")
            .Fit(TrainedModel.TrainingRows(_context))));

        using var chain = _context.ImageTranslation.LoadModel(zip, out _);

        var stages = Assert.IsType<TransformerChain<ITransformer>>(chain.First()).Cast<Pix2PixTransformer>().ToArray();
        Assert.Equal(["Input->Output", "Output->Again"], stages.Select(s => $"{s.InputColumnName}->{s.OutputColumnName}"));
        Assert.Equal(2, chain.Count());
        var view = chain.Transform(TrainedModel.TrainingRows(_context));
        Assert.NotNull(view.Schema.GetColumnOrNull("Again"));
    }

    [Fact]
    public void LoadModel_SavedAgain_StaysTheSame()
    {
        var zip = Save(model.Transformer);
        using var first = _context.ImageTranslation.LoadModel(zip, out _);
        var again = Path.Combine(_folder.FullName, "again.zip");
        _context.Model.Save(first, null, again);

        using var second = _context.ImageTranslation.LoadModel(again, out _);

        Assert.Equal(
            Hash(model.Transformer, 4), Hash(Assert.IsType<Pix2PixTransformer>(Assert.Single(second)), 4));
    }

    [Fact]
    public void LoadModel_SavedWithASizing_HasThatOfTheLastSaving()
    {
        var zip = Save(model.Transformer.With(new() { Kind = ImageSizing.Tiles, TileOverlap = 0.5 }));
        using var first = _context.ImageTranslation.LoadModel(zip, out _);
        var tiles = Assert.IsType<Pix2PixTransformer>(Assert.Single(first));
        Assert.Equal(new SizingOptions { Kind = ImageSizing.Tiles, TileOverlap = 0.5 }, tiles.Sizing);

        using var other = tiles.With(new() { Kind = ImageSizing.OriginalSize });
        using var second = _context.ImageTranslation.LoadModel(Save(other), out _, execution: new() { BatchSize = 3 });

        var loaded = Assert.IsType<Pix2PixTransformer>(Assert.Single(second));
        Assert.Equal((ImageSizing.OriginalSize, 3), (loaded.Sizing.Kind, loaded.Execution.BatchSize));
        using var image = TestImages.Input(3, 50, 40);
        using var translation = loaded.Translate(image);
        Assert.Equal((50, 40), (translation.Width, translation.Height));
    }

    [Theory]
    [InlineData(32, 32)]
    [InlineData(64, 64)]
    [InlineData(70, 45)]
    [InlineData(20, 50)]
    public void StockLoad_InAnotherProcessWithoutPix2Pix_GivesTheSamePixels(int width, int height)
    {
        var zip = Save(model.Transformer);
        var path = Path.Combine(_folder.FullName, "input.png");
        using (var drawn = TestImages.Input(9, width, height))
            drawn.Save(path);
        using var image = MLImage.CreateFromFile(path);
        using var expected = model.Transformer.Translate(image);

        // Twice, because a stock chain must also handle the row after the first.
        var lines = StockReaderProcess.Run(zip, "Input", "Output", path, path);

        Assert.Equal([TestImages.Hash(expected), TestImages.Hash(expected)], lines);
    }

    [Fact]
    public void SaveAsOnnx_ToFileAndStream_WritesTheSameBytes()
    {
        var path = Path.Combine(_folder.FullName, "generator.onnx");

        model.Transformer.SaveAsOnnx(path);

        Assert.Equal(TestModels.Onnx(model.Transformer), File.ReadAllBytes(path));
        Assert.Equal(["generator.onnx"], _folder.GetFiles().Select(file => file.Name));
    }

    [Fact]
    public void Save_Always_LeavesNoTemporaryFile()
    {
        var before = Temporary();

        Save(model.Transformer);

        Assert.Equal(before, Temporary());
    }

    [Fact]
    public void LoadModel_NoSuchFile_ReportsIt()
    {
        var path = Path.Combine(_folder.FullName, "none.zip");

        var error = Assert.Throws<FileNotFoundException>(() => _context.ImageTranslation.LoadModel(path, out _));

        Assert.Equal($"The file '{path}' does not exist; expected a model saved with mlContext.Model.Save.", error.Message);
    }

    [Fact]
    public void LoadModel_ForeignModel_ReportsIt()
    {
        var rows = TrainedModel.TrainingRows(_context);
        var zip = Path.Combine(_folder.FullName, "foreign.zip");
        _context.Model.Save(_context.Transforms.CopyColumns("Copy", "Name").Fit(rows), rows.Schema, zip);

        var error = Assert.Throws<InvalidDataException>(() => _context.ImageTranslation.LoadModel(zip, out _));

        Assert.Equal(
            $"'{zip}' cannot be read as a saved model with a pix2pix stage: It contains no pix2pix stage. Load other models with " +
            "mlContext.Model.Load.",
            error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LoadModel_ACustomChainAroundAnExportedModel_KeepsItUnchanged(bool moreStages)
    {
        var rows = TrainedModel.TrainingRows(_context);
        var (zip, onnx) = (Path.Combine(_folder.FullName, "own.zip"), Path.Combine(_folder.FullName, "own.onnx"));
        _context.Model.Save(model.Transformer, rows.Schema, zip);
        using (var loaded = _context.ImageTranslation.LoadModel(zip, out _)) // has its columns in its model
            ((Pix2PixTransformer)loaded.Single()).SaveAsOnnx(onnx);
        var transforms = _context.Transforms;
        var own = transforms.ResizeImages("Small", 32, 32, "Input")
            .Append(transforms.ExtractPixels(
                "pix2pix_input_abgr", "Small", ColorBits.All, ColorsOrder.ABGR, interleavePixelColors: true, outputAsFloatArray: false))
            .Append(transforms.ApplyOnnxModel("pix2pix_output_abgr", "pix2pix_input_abgr", onnx))
            .Append(transforms.ConvertToImage(32, 32, "Mine", "pix2pix_output_abgr", ColorBits.All, ColorsOrder.ABGR, interleavedColors: true))
            .Append(transforms.DropColumns("Small"));
        var chain = moreStages ? own.Append(transforms.CopyColumns("Again", "Mine")).Fit(rows) : (ITransformer)own.Fit(rows);
        var mixed = new TransformerChain<ITransformer>(chain, model.Transformer);
        _context.Model.Save(mixed, rows.Schema, zip);

        using var found = _context.ImageTranslation.LoadModel(zip, out _);

        var schema = found.GetOutputSchema(rows.Schema);
        Assert.NotNull(schema.GetColumnOrNull("Mine"));
        Assert.NotNull(schema.GetColumnOrNull("Output"));
        Assert.Equal(moreStages, schema.GetColumnOrNull("Again") is not null);
    }

    [Fact]
    public void LoadModel_AMappingThatIsNotRegistered_ReportsTheMlNetError()
    {
        var rows = TrainedModel.TrainingRows(_context);
        var zip = Path.Combine(_folder.FullName, "mapping.zip");
        var mapping = _context.Transforms.CustomMapping<Named, Named>((from, to) => to.Name = from.Name, "SomeContract").Fit(rows);
        _context.Model.Save(new TransformerChain<ITransformer>(mapping, model.Transformer), rows.Schema, zip);

        var error = Assert.Throws<InvalidDataException>(() => new MLContext().ImageTranslation.LoadModel(zip, out _));

        Assert.Contains("SomeContract", error.Message);
    }

    private static string[] Temporary() => Directory.GetFiles(Path.GetTempPath(), $"pix2pix-{Environment.ProcessId}-*.onnx");

    private static string Hash(Pix2PixTransformer transformer, int seed)
    {
        using var image = TestImages.Input(seed);
        using var translation = transformer.Translate(image);
        return TestImages.Hash(translation);
    }

    private string Save(ITransformer transformer)
    {
        var zip = Path.Combine(_folder.FullName, "model.zip");
        _context.Model.Save(transformer, TrainedModel.TrainingRows(_context).Schema, zip);
        return zip;
    }

    private sealed class Named
    {
        public string Name { get; set; } = string.Empty;
    }
}
