using Microsoft.ML;
using Pix2Pix.ML.Data;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Tests.Persistence;

/// <summary>Models whose weights have fewer bits.</summary>
public sealed class WeightPrecisionTests(TrainedModel model) : IClassFixture<TrainedModel>, IDisposable
{
    private readonly MLContext _context = model.Context;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void SaveAsOnnx_Half_ReportsHowFarImagesDiffer()
    {
        var (single, half) = (PathOf("single.onnx"), PathOf("half.onnx"));
        model.Transformer.SaveAsOnnx(single);

        var parity = model.Transformer.SaveAsOnnx(half, new() { Weights = WeightPrecision.Half })!;

        using var loaded = Open(half);
        using var image = TestImages.Input(4);
        using var translated = loaded.Translate(image);
        using var expected = model.Transformer.Translate(image);
        Assert.InRange(parity.MaxDifferenceInLevels, 0, 1);
        Assert.Equal(4, parity.Images);
        Assert.InRange(
            ByteDifference.Between(PixelLayout.ToRgba(expected).Pixels, PixelLayout.ToRgba(translated).Pixels).Largest, 0, 1);
        Assert.InRange(new FileInfo(half).Length, 1, new FileInfo(single).Length * 0.6);
    }

    [Fact]
    public void SaveAsOnnx_Int8_ReportsHowFarImagesDiffer()
    {
        var (single, narrow) = (PathOf("single.onnx"), PathOf("int8.onnx"));
        model.Transformer.SaveAsOnnx(single);

        var parity = model.Transformer.SaveAsOnnx(narrow, new() { Weights = WeightPrecision.Int8 })!;

        using var loaded = Open(narrow);
        using var image = TestImages.Input(4);
        using var translated = loaded.Translate(image);
        using var expected = model.Transformer.Translate(image);
        var difference = ByteDifference.Between(PixelLayout.ToRgba(expected).Pixels, PixelLayout.ToRgba(translated).Pixels);
        Assert.InRange(parity.MaxDifferenceInLevels, 1, 40);
        Assert.InRange(difference.Largest, 1, 40);
        Assert.InRange(new FileInfo(narrow).Length, 1, new FileInfo(single).Length * 0.35);
    }

    [Fact]
    public void Fit_HalfWeights_SavesHalfAsMuch()
    {
        using var half = _context.ImageTranslation
            .Pix2Pix("Output", "Input", "Target", TrainedModel.Options with { Weights = WeightPrecision.Half })
            .Fit(TrainedModel.TrainingRows(_context));
        using var stream = new MemoryStream();
        half.SaveAsOnnx(stream);

        Assert.InRange(half.Parity!.MaxDifferenceInLevels, 0, 1);
        Assert.InRange(stream.Length, 1, TestModels.Onnx(model.Transformer).Length * 0.6);
    }

    private Pix2PixTransformer Open(string path) => _context.ImageTranslation.ApplyModel("Output", "Input", path).Open();

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
