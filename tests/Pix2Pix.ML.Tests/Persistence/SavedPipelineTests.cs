using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Tests.Persistence;

/// <summary>Pipelines around a stage give the same pixels after saving, with and without Pix2Pix.</summary>
[Collection(SavingCollection.Name)]
public sealed class SavedPipelineTests(TrainedModel model) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");
    private readonly MLContext _context = model.Context;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Save_OutputReplacesItsInput_GivesTheSamePixels()
        => AssertSamePixels(_context.ImageTranslation.Pix2Pix("Input", "Input", "Target", TestModels.Tiny), "Input");

    [Fact]
    public void Save_OutputReplacesItsTarget_GivesTheSamePixels()
        => AssertSamePixels(_context.ImageTranslation.Pix2Pix("Target", "Input", "Target", TestModels.Tiny), "Target");

    [Fact]
    public void Save_TwoStagesAndAStockOne_GivesTheSamePixels()
        => AssertSamePixels(
            _context.ImageTranslation.Pix2Pix("First", "Input", "Target", TestModels.Tiny)
                .Append(_context.ImageTranslation.Pix2Pix("Second", "First", "Target", TestModels.Tiny with
                {
                    Generator = TestModels.Tiny.Generator with { Width = 64 },
                }))
                .Append(_context.Transforms.ConvertToGrayscale("Gray", "Second")),
            "Gray");

    [Fact]
    public void Save_TransparentImage_GivesTheSamePixels()
    {
        var (pixels, random) = (new byte[48 * 40 * 4], new Random(1));
        random.NextBytes(pixels);
        using var transparent = MLImage.CreateFromPixels(48, 40, MLPixelFormat.Rgba32, pixels);

        AssertSamePixels(_context.ImageTranslation.Pix2Pix("Output", "Input", "Target", TestModels.Tiny), "Output", transparent);
    }

    /// <summary>Any channels; the second output of a colorization must not become a column.</summary>
    [Theory]
    [InlineData(ImageChannels.Gray, ImageChannels.Gray)]
    [InlineData(ImageChannels.Rgb, ImageChannels.Lightness)]
    [InlineData(ImageChannels.Rgba, ImageChannels.Rgba)]
    [InlineData(ImageChannels.Chroma, ImageChannels.Rgb)]
    [InlineData(ImageChannels.Lightness, ImageChannels.Chroma)]
    public void Save_OtherChannels_GivesTheSamePixels(ImageChannels from, ImageChannels to)
    {
        var (pixels, random) = (new byte[48 * 40 * 4], new Random(1));
        random.NextBytes(pixels);
        using var transparent = MLImage.CreateFromPixels(48, 40, MLPixelFormat.Rgba32, pixels);
        var options = TestModels.Tiny with { Generator = TestModels.Tiny.Generator with { Input = from, Output = to } };

        AssertSamePixels(_context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options), "Output", transparent);
    }

    [Fact]
    public void Save_NearestKernel_GivesTheSamePixels()
        => AssertSamePixels(_context.ImageTranslation.Pix2Pix("Output", "Input", "Target", TestModels.Nearest), "Output");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LoadModel_SavedWithItsLoader_FindsTheStage(bool inAChain)
    {
        var loader = _context.Data.CreateTextLoader([new TextLoader.Column("Name", DataKind.String, 0)]);
        var path = Path.Combine(_folder.FullName, "model.zip");
        var copy = _context.Transforms.CopyColumns("Copy", "Name").Fit(TrainedModel.TrainingRows(_context));
        ITransformer saved = inAChain ? new TransformerChain<ITransformer>(copy, model.Transformer) : model.Transformer;
        _context.Model.Save(saved, loader, path);

        using var chain = _context.ImageTranslation.LoadModel(path, out var schema);

        Assert.IsType<Pix2PixTransformer>(chain.LastTransformer);
        Assert.Equal(inAChain ? 2 : 1, chain.Count());
        Assert.NotNull(schema.GetColumnOrNull("Name"));
    }

    [Fact]
    public void LoadModel_ContextRequestsAGpu_FallsBackOrReportsWhatToDo()
    {
        Assert.SkipWhen(Torch.TorchRuntime.IsGpuAvailable(0), "This machine has a CUDA device: there is nothing to fall back from.");
        var path = Path.Combine(_folder.FullName, "model.zip");
        _context.Model.Save(model.Transformer, null, path);
        var willing = new MLContext { GpuDeviceId = 0, FallbackToCpu = true };
        var unwilling = new MLContext { GpuDeviceId = 0 };

        using var chain = willing.ImageTranslation.LoadModel(path, out _);
        using var onCpu = _context.ImageTranslation.LoadModel(path, out _);
        var error = Assert.Throws<InvalidOperationException>(() => unwilling.ImageTranslation.LoadModel(path, out _));

        Assert.Equal("CPU", Assert.IsType<Pix2PixTransformer>(Assert.Single(chain)).ExecutionProvider);
        Assert.Equal("CPU", Assert.IsType<Pix2PixTransformer>(Assert.Single(onCpu)).ExecutionProvider);
        Assert.StartsWith("ONNX Runtime cannot use CUDA device 0 (its native library was built without CUDA).", error.Message);
    }

    private void AssertSamePixels<T>(IEstimator<T> estimator, string column, MLImage? image = null)
        where T : class, ITransformer
    {
        var path = Path.Combine(_folder.FullName, "ein Modell für 絵.zip");
        var file = Path.Combine(_folder.FullName, "input.png");
        (image ?? TestImages.Input(9, 48, 40)).Save(file);
        var fitted = estimator.Fit(TrainedModel.TrainingRows(_context));
        _context.Model.Save(fitted, TrainedModel.TrainingRows(_context).Schema, path);
        using var loaded = _context.ImageTranslation.LoadModel(path, out _);
        using var stock = (IDisposable)_context.Model.Load(path, out _);

        var expected = Hash(fitted, file, column);
        Assert.Equal(Columns(fitted), Columns((ITransformer)stock));
        Assert.Equal(expected, Hash(loaded, file, column));
        Assert.Equal([expected], StockReaderProcess.Run(path, "Input", column, file));
        (fitted as IDisposable)?.Dispose();
    }

    private string[] Columns(ITransformer transformer)
    {
        var schema = transformer.GetOutputSchema(TrainedModel.TrainingRows(_context).Schema);
        return [.. schema.Where(column => !column.IsHidden).Select(column => column.Name).Order()];
    }

    private string Hash(ITransformer transformer, string file, string column)
    {
        using var input = MLImage.CreateFromFile(file);
        var view = transformer.Transform(_context.Data.LoadFromEnumerable([new TestRow { Input = input }]));
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        Assert.True(cursor.MoveNext());
        MLImage translation = null!;
        cursor.GetGetter<MLImage>(view.Schema[column])(ref translation);
        using (translation)
            return TestImages.Hash(translation);
    }
}
