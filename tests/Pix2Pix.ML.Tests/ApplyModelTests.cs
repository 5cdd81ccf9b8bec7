using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Tests;

public sealed class ApplyModelTests(TrainedModel model) : IClassFixture<TrainedModel>, IDisposable
{
    private static readonly ImageModelOptions AtSize = new() { Width = 32, Height = 32, InputRange = ValueRange.Unit };

    private readonly MLContext _context = model.Context;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Fit_OurFile_TranslatesAsTheTransformerDoes()
    {
        var path = File("ours.onnx");
        model.Transformer.SaveAsOnnx(path);
        var rows = TrainedModel.TrainingRows(_context);

        using var loaded = Apply(path).Fit(rows);

        Assert.Equal(model.Transformer.Generator, loaded.Generator);
        Assert.Equal(model.Transformer.Shape, loaded.Shape);
        Assert.Equal(Hashes(model.Transformer.Transform(rows), "Output"), Hashes(loaded.Transform(rows), "Output"));
        Assert.Contains("its metadata already describes it", Assert.Throws<ArgumentException>(() => Apply(path, AtSize).Open()).Message);
    }

    [Fact]
    public void Fit_OurNetworkAlone_TranslatesAsTheTransformerDoes()
    {
        var path = File("network.onnx");
        Assert.Null(model.Transformer.SaveAsOnnx(path, new() { Interface = OnnxInterface.Network }));

        using var loaded = Apply(path).Open();

        using var image = TestImages.Input(4, 50, 40);
        Assert.Equal(Hash(model.Transformer, image), Hash(loaded, image));
        Assert.Null(loaded.Generator);
        Assert.Null(loaded.Inference);
    }

    [Theory]
    [InlineData(ImageSizing.ModelSize)]
    [InlineData(ImageSizing.StretchAndRestore)]
    [InlineData(ImageSizing.OriginalSize)]
    [InlineData(ImageSizing.Tiles)]
    public void Translate_AModelFromElsewhere_GivesItsPicture(ImageSizing kind)
    {
        using var loaded = Apply(Recorded("negative"), AtSize, new() { Kind = kind }).Open();
        foreach (var (width, height) in (ReadOnlySpan<(int, int)>)[(32, 32), (1, 1), (70, 33)])
        {
            using var image = TestImages.Input(4, width, height);
            using var found = loaded.Translate(image);

            if (kind is ImageSizing.OriginalSize or ImageSizing.Tiles || (width, height) == (32, 32))
                Assert.Equal(Negative(PixelLayout.ToRgba(image)), PixelLayout.ToRgba(found).Pixels);
            Assert.Equal(kind == ImageSizing.ModelSize ? (32, 32) : (width, height), (found.Width, found.Height));
        }
    }

    [Fact]
    public void Translate_ANetworkFromPyTorch_GivesItsPicture()
    {
        var (width, height) = (32, 24);
        var recorded = System.IO.File.ReadAllBytes(Path.ChangeExtension(Recorded("small"), ".bin"));
        var input = new PixelImage(width, height, recorded[..(recorded.Length / 2)], 3);
        using var loaded = Apply(Recorded("small"), sizing: new() { Kind = ImageSizing.OriginalSize }).Open();
        using var image = PixelLayout.FromPixels(input);

        using var found = loaded.Translate(image);

        var rgb = ChannelConversion.ToChannels(PixelLayout.ToRgba(found), ImageChannels.Rgb);
        Assert.InRange(ByteDifference.Between(recorded.AsSpan(recorded.Length / 2), rgb.Pixels).Largest, 0, 1);
    }

    [Fact]
    public void Tiles_ANetworkFromPyTorch_GiveThePictureOfTheWhole()
    {
        using var tiles = Apply(Recorded("small"), new() { Width = 32, Height = 32 }, new() { Kind = ImageSizing.Tiles }).Open();
        using var whole = tiles.With(new SizingOptions { Kind = ImageSizing.OriginalSize });
        using var image = TestImages.Input(4, 32, 32); // one tile
        using var large = TestImages.Input(4, 90, 70);

        using var found = tiles.Translate(image);
        using var expected = whole.Translate(image);
        using var ofSome = tiles.Translate(large);

        Assert.InRange(ByteDifference.Between(PixelLayout.ToRgba(expected).Pixels, PixelLayout.ToRgba(found).Pixels).Largest, 0, 1);
        Assert.Equal((90, 70), (ofSome.Width, ofSome.Height));
    }

    [Fact]
    public void Save_AModelFromElsewhere_OpensAnywhere()
    {
        using var loaded = Apply(Recorded("negative"), AtSize).Open();
        var (zip, png) = (File("model.zip"), File("image.png"));
        using (var image = TestImages.Input(4, 40, 40))
            image.Save(png);
        _context.Model.Save(loaded, TrainedModel.TrainingRows(_context).Schema, zip);
        using var decoded = ImageFiles.Read(png);
        using var expected = loaded.Translate(decoded);

        using var chain = _context.ImageTranslation.LoadModel(zip, out _);

        Assert.Equal(TestImages.Hash(expected), Hash((Pix2PixTransformer)chain.Single(), decoded));
        Assert.Equal([TestImages.Hash(expected)], StockReaderProcess.Run(zip, "Input", "Output", png));
    }

    [Fact]
    public void Translate_AModelOfOneImageAtATime_IgnoresBatches()
    {
        using var loaded = Apply(Recorded("fixed"), new() { InputRange = ValueRange.Unit }, execution: new() { BatchSize = 4 }).Fit(
            TrainedModel.TrainingRows(_context));

        Assert.Equal(6, Hashes(loaded.Transform(TrainedModel.TrainingRows(_context)), "Output").Length);
        var error = Assert.Throws<ArgumentException>(() => loaded.With(new SizingOptions { Kind = ImageSizing.OriginalSize }));
        Assert.StartsWith("Sizing.Kind is OriginalSize, but the model was exported for images of 32x32 only; choose another sizing, such as " +
            "Tiles,", error.Message);
    }

    [Fact]
    public void Open_NoModel_NamesTheFile()
    {
        var text = File("text.onnx");
        System.IO.File.WriteAllText(text, "no model");

        Assert.Contains("text.onnx", Assert.Throws<InvalidDataException>(() => Apply(text).Open()).Message);
        Assert.Contains("gone.onnx", Assert.Throws<FileNotFoundException>(() => Apply(File("gone.onnx"))).Message);
        Assert.Throws<ArgumentException>(() => Apply(Recorded("negative"), AtSize).Fit(_context.Data.LoadFromEnumerable([new { Name = "a" }])));
    }

    [Fact]
    public void Translate_ChannelsLastInAndFirstOut_GivesTheNegative()
    {
        using var loaded = Apply(Recorded("mixed"), new() { OutputRange = ValueRange.Unit }).Open();
        using var image = TestImages.Input(4);

        using var found = loaded.Translate(image);

        Assert.Equal(Negative(PixelLayout.ToRgba(image)), PixelLayout.ToRgba(found).Pixels);
    }

    [Fact]
    public void Open_AModelThatEnlarges_NamesTheFileAndBothSizes()
    {
        var path = Recorded("twice");

        var error = Assert.Throws<InvalidDataException>(() => Apply(path, AtSize).Open());

        Assert.StartsWith($"'{path}' cannot be used: The ONNX model returns 64x64 images for 32x32 inputs; expected the same size.", error.Message);
    }

    [Fact]
    public void Translate_ASizeThatTheNetworkFailsOn_SaysWhichAndWhatToSet()
    {
        using var loaded = Apply(Recorded("small"), new() { Width = 32, Height = 32, SideStep = 1 }, new() { Kind = ImageSizing.OriginalSize }).Open();
        using var image = TestImages.Input(4, 33, 35);

        var error = Assert.Throws<InvalidOperationException>(() => loaded.Translate(image));

        Assert.StartsWith("The model failed on 1 image of 33x35. According to ImageModelOptions.SideStep, it accepts multiples of 1. " +
            "Correct SideStep, or choose another sizing. ONNX Runtime reports: ", error.Message);
    }

    [Fact]
    public void Open_ADeviceOfItsOwn_WinsOverTheContexts()
    {
        Assert.SkipWhen(OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"), "This ONNX Runtime has CUDA.");
        var context = new MLContext { GpuDeviceId = 3, FallbackToCpu = true };
        var execution = new ExecutionOptions { GpuDeviceId = 5 };
        var path = Recorded("negative");

        var error = Assert.Throws<InvalidOperationException>(
            () => context.ImageTranslation.ApplyModel("Output", "Input", path, AtSize, execution: execution).Open());
        using var fallen = context.ImageTranslation
            .ApplyModel("Output", "Input", path, AtSize, execution: execution with { FallbackToCpu = true }).Open();

        Assert.StartsWith("ONNX Runtime cannot use CUDA device 5", error.Message);
        Assert.Equal("CPU", fallen.ExecutionProvider);
        Assert.Throws<InvalidOperationException>(() => fallen.With(execution: execution));
    }

    // By hand, once, with 10,000 of each: none got through, 20 ms of processor time each, 362 MB at most.
    [Theory]
    [InlineData("ours", 150)]
    [InlineData("small", 150)]
    public void Open_AnyDamageToMetadata_IsNamedOrHarmless(string name, int count)
    {
        var good = name == "ours" ? TestModels.Onnx(model.Transformer) : System.IO.File.ReadAllBytes(Recorded(name));
        var path = File("damaged.onnx");
        var random = new Random(3);
        var length = Math.Min(good.Length, 1500); // metadata stands at the end, names and shapes before it
        for (var i = 0; i < count; i++)
        {
            byte[] bad = [.. good];
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bad[^random.Next(1, length)] ^= (byte)(1 << random.Next(8));
            System.IO.File.WriteAllBytes(path, i % 10 == 0 ? bad[..^random.Next(1, length)] : bad);
            var error = Record.Exception(() =>
            {
                using var opened = Apply(path).Open();
            });
            Assert.True(error is null or InvalidDataException or ArgumentException, $"{i}: {error}");
        }
    }

    private Pix2PixModelEstimator Apply(
        string path, ImageModelOptions? options = null, SizingOptions? sizing = null, ExecutionOptions? execution = null)
        => _context.ImageTranslation.ApplyModel("Output", "Input", path, options, sizing, execution);

    // Models that PyTorch exported: tests/reference/onnx_reference.py.
    private static string Recorded(string name) => Path.Combine(AppContext.BaseDirectory, "reference", "values", $"elsewhere_{name}.onnx");

    private string File(string name) => Path.Combine(_folder.FullName, name);

    private static string Hash(Pix2PixTransformer transformer, MLImage image)
    {
        using var translation = transformer.Translate(image);
        return TestImages.Hash(translation);
    }

    private static string[] Hashes(IDataView view, string column)
        => [.. view.GetColumn<MLImage>(column).Select(TestImages.Hash)];

    private static byte[] Negative(PixelImage rgba)
        => [.. rgba.Pixels.Select((value, i) => i % 4 == 3 ? (byte)255 : (byte)(255 - value))];
}
