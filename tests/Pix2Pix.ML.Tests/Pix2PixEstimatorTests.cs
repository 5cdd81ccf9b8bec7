using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Pix2Pix.ML.Tests;

public sealed class Pix2PixEstimatorTests
{
    private readonly MLContext _context = new(seed: 3);
    private readonly List<string> _log = [];

    public Pix2PixEstimatorTests() => _context.Log += (_, e) => _log.Add(e.Message);

    private static Pix2PixOptions Tiny => TestModels.Tiny;

    [Fact]
    public void Fit_MissingAndWrongColumns_NamesBoth()
    {
        var estimator = _context.ImageTranslation.Pix2Pix("Output", "Inputs", "Name", Tiny);
        const string Missing = "Column 'Inputs' does not exist; the available columns are 'Name', 'Input', 'Target'.";

        var fit = Assert.Throws<ArgumentException>(() => estimator.Fit(TrainedModel.TrainingRows(_context)));
        // A chain asks for the schema before anything is fitted.
        var schema = Assert.Throws<ArgumentException>(
            () => _context.Transforms.CopyColumns("Copy", "Name").Append(estimator).Fit(TrainedModel.TrainingRows(_context)));

        const string Expected =
            $"{Missing}\nColumn 'Name' has type String, but Pix2Pix trains on images. Append LoadImages(\"Name\", ...) before Pix2Pix.";
        Assert.Equal(Expected, fit.Message);
        Assert.Equal(Expected.Replace("'Target'.", "'Target', 'Copy'."), schema.Message);
    }

    [Fact]
    public void Transform_MissingColumn_NamesIt()
    {
        using var transformer = _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", Tiny)
            .Fit(TrainedModel.TrainingRows(_context));
        var renamed = _context.Transforms.DropColumns("Input").Fit(TrainedModel.TrainingRows(_context))
            .Transform(TrainedModel.TrainingRows(_context));

        var error = Assert.Throws<ArgumentException>(() => transformer.Transform(renamed));

        Assert.Equal("Column 'Input' does not exist; the available columns are 'Name', 'Target'.", error.Message);
    }

    [Fact]
    public void GetOutputSchema_ImageColumns_AddsAnImageColumn()
    {
        var probe = new ShapeProbe(_context);
        using var fitted = _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", Tiny).Append(probe)
            .Fit(TrainedModel.TrainingRows(_context));

        Assert.Equal(new ImageDataViewType(32, 32), probe.Shape!.Single(column => column.Name == "Output").ItemType);
        Assert.Equal(["Name", "Input", "Target", "Output"], probe.Shape!.Select(column => column.Name));
    }

    [Fact]
    public void Fit_SameSeed_GivesTheSameBits()
    {
        using var first = Fit(Tiny, Rows());
        using var second = Fit(Tiny, Rows());
        using var other = Fit(Tiny with { Training = Tiny.Training with { Seed = 8 } }, Rows());

        Assert.Equal(TestModels.Onnx(first), TestModels.Onnx(second));
        Assert.NotEqual(TestModels.Onnx(first), TestModels.Onnx(other));
    }

    [Fact]
    public void Fit_NoSeed_UsesTheContexts()
    {
        var options = Tiny with { Training = Tiny.Training with { Seed = null } };

        byte[] Train(int seed)
        {
            var context = new MLContext(seed);
            using var transformer = context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options)
                .Fit(TrainedModel.TrainingRows(context));
            return TestModels.Onnx(transformer);
        }

        Assert.Equal(Train(1), Train(1));
        Assert.NotEqual(Train(1), Train(2));
    }

    [Fact]
    public void Fit_RunningStatisticsOfPerImageTraining_IsRejected()
    {
        var options = Tiny with
        {
            Training = Tiny.Training with { Statistics = NormStatistics.Image },
            Inference = new() { Statistics = NormStatistics.Running },
        };

        var error = Assert.Throws<ArgumentException>(() => Fit(options, Rows()));

        Assert.Equal(
            "The options contradict each other:\n  Training.Statistics is Image and Inference.Statistics is Running: a generator " +
            "trained with the statistics of each image has no running statistics. Leave Training.Statistics null, set it to Running, or " +
            "set both to Image.",
            error.Message);
    }

    [Fact]
    public void Fit_ContradictingOptions_AreNamedBeforeARowIsRead()
    {
        var rows = Enumerable.Range(0, 1).Select<int, TestRow>(_ => throw new InvalidOperationException("A row was read."));
        var options = Tiny with { Generator = Tiny.Generator with { Width = 36, Height = 20 } };

        var estimator = _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options);
        var error = Assert.Throws<ArgumentException>(() => estimator.Fit(_context.Data.LoadFromEnumerable(rows)));

        Assert.Equal(
            "The options contradict each other:\n  Generator.Kind is UNet, which requires sides that are multiples of 32, but the " +
            "images are 36x20; change the size, or use ResNet, which accepts multiples of 4.\n  Discriminator.Layers is 3 and " +
            "Discriminator.Scales is 1, which is too many for images of 36x20; use images with sides of at least 24, or fewer layers or " +
            "scales.",
            error.Message);
    }

    [Fact]
    public void Fit_ResNetOfAnySize_TranslatesToThatSizeAsTrained()
    {
        var options = Tiny with
        {
            Generator = new() { Kind = GeneratorKind.ResNet, Width = 36, Height = 44, Filters = 4, ResidualBlocks = 2 },
        };

        using var transformer = Fit(options, Rows());

        Assert.InRange(transformer.Parity!.MaxDifferenceInLevels, 0, 1);
        var translated = transformer.Transform(_context.Data.LoadFromEnumerable(Rows()));
        var column = translated.Schema["Output"];
        Assert.Equal(new ImageDataViewType(44, 36), column.Type);
        using var cursor = translated.GetRowCursor([column]);
        Assert.True(cursor.MoveNext());
        MLImage image = null!;
        cursor.GetGetter<MLImage>(column)(ref image);
        using (image)
            Assert.Equal((36, 44), (image.Width, image.Height));
    }

    [Theory]
    [InlineData(NormStatistics.Image)]
    [InlineData(NormStatistics.Running)]
    public void Fit_StatisticsOfTrainingUnset_TrainsAsItTranslates(NormStatistics statistics)
    {
        var options = Tiny with { Inference = new() { Statistics = statistics } };

        using var unset = Fit(options, Rows());
        using var set = Fit(options with { Training = Tiny.Training with { Statistics = statistics } }, Rows());

        Assert.Equal(TestModels.Onnx(set), TestModels.Onnx(unset));
    }

    [Fact]
    public void Fit_MissingGpu_ReportsWhatToDoOrFallsBack()
    {
        Assert.SkipWhen(Torch.TorchRuntime.IsGpuAvailable(0), "This machine has a CUDA device: there is nothing to fall back from.");
        var options = Tiny with { GpuDeviceId = 0 };

        var error = Assert.Throws<InvalidOperationException>(() => Fit(options, Rows()));
        using var transformer = _context.ImageTranslation
            .Pix2Pix("Output", "Input", "Target", options with { FallbackToCpu = true }).Fit(TrainedModel.TrainingRows(_context));

        Assert.StartsWith("CUDA device 0 was requested, but libtorch found 0 CUDA devices.", error.Message);
        Assert.Equal("CPU", transformer.ExecutionProvider);
        Assert.Contains(_log, line => line.Contains("libtorch found no CUDA device 0. Training on the CPU."));
        Assert.Contains(_log, line => line.Contains("Microsoft.ML.OnnxRuntime.Gpu") && line.Contains("Running on the CPU."));
    }

    [Fact]
    public void Fit_ContextRequestsAGpu_IsTheContextsFallback()
    {
        var context = new MLContext(1) { GpuDeviceId = 0, FallbackToCpu = true };

        using var transformer = context.ImageTranslation.Pix2Pix("Output", "Input", "Target", Tiny).Fit(TrainedModel.TrainingRows(context));

        Assert.Contains(transformer.ExecutionProvider, (string[])["CPU", "CUDA"]);
    }

    [Theory]
    [InlineData("", "Input", "Target")]
    [InlineData("Output", "", "Target")]
    [InlineData("Output", "Input", "")]
    public void Pix2Pix_EmptyColumnName_Throws(string output, string input, string target)
        => Assert.Throws<ArgumentException>(() => _context.ImageTranslation.Pix2Pix(output, input, target));

    [Theory]
    [InlineData("pix2pix_resized", "Input", "outputColumnName")]
    [InlineData("pix2pix_output_abgr", "Input", "outputColumnName")]
    [InlineData("Output", "pix2pix_input_abgr", "inputColumnName")]
    public void Pix2Pix_NameOfATemporaryColumn_Throws(string output, string input, string parameter)
    {
        var error = Assert.Throws<ArgumentException>(() => _context.ImageTranslation.Pix2Pix(output, input, "Target"));

        var name = output == "Output" ? input : output;
        Assert.Equal(
            $"Column name '{name}' is reserved for saved models; choose another name. (Parameter " +
            $"'{parameter}')", error.Message);
    }

    [Fact]
    public void Fit_SideBySideInAChainWithoutInputs_ReportsItBeforeTheTraining()
    {
        var options = Tiny with { Progress = new Callback(_ => Assert.Fail("It trains.")) };
        var pairs = _context.Transforms.CopyColumns("Pair", "Input").Append(_context.Transforms.DropColumns("Input"));

        var error = Assert.Throws<ArgumentException>(() => pairs
            .Append(_context.ImageTranslation.Pix2PixSideBySide("Output", "Input", "Pair", PairSide.Left, options))
            .Fit(TrainedModel.TrainingRows(_context)));
        using var fitted = pairs.Append(_context.Transforms.CopyColumns("Input", "Pair"))
            .Append(_context.ImageTranslation.Pix2PixSideBySide("Output", "Input", "Pair", PairSide.Left, Tiny))
            .Fit(TrainedModel.TrainingRows(_context));

        Assert.Equal(
            "Column 'Input' does not exist, but a pipeline also translates its training rows. Append CopyColumns(\"Input\", \"Pair\") " +
            "before Pix2Pix, or fit Pix2Pix outside a pipeline.",
            error.Message);
        Assert.Equal("Output", fitted.LastTransformer.OutputColumnName);
    }

    private static TestRow[] Rows()
        => [.. Enumerable.Range(0, 4).Select(i => new TestRow { Input = TestImages.Input(i), Target = TestImages.Target(i) })];

    private Pix2PixTransformer Fit(Pix2PixOptions options, params TestRow[] rows)
        => _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(_context.Data.LoadFromEnumerable(rows));

    private sealed class Callback(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
