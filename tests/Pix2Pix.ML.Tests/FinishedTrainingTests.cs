using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.Torch;

namespace Pix2Pix.ML.Tests;

/// <summary>A failure between the last step and the return of the model does not lose the model.</summary>
public sealed class FinishedTrainingTests : IDisposable
{
    private const int Side = 64;

    private static readonly Pix2PixOptions InstanceNorm = new()
    {
        Generator = new()
        {
            Kind = GeneratorKind.ResNet,
            Norm = NormKind.Instance,
            ResidualBlocks = 2,
            Width = Side,
            Height = Side,
            Filters = 8,
        },
        Training = new() { Epochs = 2, Seed = 1, Augmentation = AugmentationOptions.None },
    };

    private readonly MLContext _context = new(seed: 1);
    private readonly List<string> _warnings = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-finished-");

    public FinishedTrainingTests() => _context.Log += (_, e) =>
    {
        if (e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
            _warnings.Add(e.RawMessage);
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Fit_FirstInputIsWhite_ComparesTheOthers()
    {
        using var model = Fit(InstanceNorm, Enumerable.Range(0, 8).Select(i => (i == 0 ? White() : Noise(i), Noise(100 + i))));

        Assert.Equal(4, model.Parity!.Images);
        Assert.True(model.Parity.IsWithinTolerance, $"{model.Parity}");
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Fit_AllInputsAreWhite_ComparesDrawnImages()
    {
        using var model = Fit(InstanceNorm, Enumerable.Range(0, 3).Select(i => (White(), Noise(i))));

        Assert.Equal(4, model.Parity!.Images);
        Assert.True(model.Parity.IsWithinTolerance, $"{model.Parity}");
    }

    [Fact]
    public void Open_ImagesDiffer_WarnsAndReturnsTheModel()
    {
        using var network = new Pix2PixTrainer(InstanceNorm.Generator, new(), new() { Seed = 1 });
        using var log = new Pix2PixLog(_context, "test");
        var trained = new ML.Inference.TrainedModel(InstanceNorm, InstanceNorm.Training, default, log);
        var white = new PixelImage(Side, Side);
        white.Pixels.AsSpan().Fill(255);

        // On a single color the two runtimes differ in their rounding, which the norms enlarge.
        var (generator, parity) = trained.Open(network.Generator, NormStatistics.Image, [white]);

        using (generator)
        {
            Assert.False(parity!.IsWithinTolerance, $"{parity}");
            Assert.StartsWith(
                $"The exported model differs from the trained network by {parity.MaxDifferenceInLevels} of 255 levels on 1 image; " +
                "expected at most 2. Compare some translations with their targets before you use the model. If they look wrong, please " +
                "file an issue with these options: GeneratorOptions {",
                Assert.Single(_warnings));
        }
    }

    [Fact]
    public void Open_ComparisonFails_WarnsAndReturnsTheModel()
    {
        using var network = new Pix2PixTrainer(InstanceNorm.Generator, new(), new());
        using var log = new Pix2PixLog(_context, "test");
        var trained = new ML.Inference.TrainedModel(InstanceNorm, InstanceNorm.Training, default, log);

        var (generator, parity) = trained.Open(network.Generator, NormStatistics.Image, [new PixelImage(Side, Side / 2)]);

        generator.Dispose();
        Assert.Null(parity);
        Assert.StartsWith("The exported model could not be compared with the trained network: ", Assert.Single(_warnings));
    }

    [Fact]
    public void Fit_HandlersThrowAtTheEnd_ReturnsTheModel()
    {
        var isDone = false;
        var options = InstanceNorm with
        {
            Progress = new Handler<TrainingProgress>(progress =>
            {
                isDone = progress.Step == progress.Steps;
                if (isDone)
                    throw new InvalidOperationException("a bug after the last step");
            }),
            CheckpointProgress = new Handler<CheckpointReport>(_ => throw new InvalidOperationException("a bug in every report")),
            Checkpoints = new() { Folder = Path.Combine(_folder.FullName, "checkpoints") },
        };
        _context.Log += (_, _) =>
        {
            if (isDone)
                throw new InvalidOperationException("a bug in the log");
        };

        using var model = Fit(options, [(Noise(1), Noise(2))]);

        Assert.True(isDone);
        Assert.Equal(2, model.Training!.Steps);
        Assert.Contains("The exception that the Progress handler threw after the last step was ignored: a bug after the last step", _warnings);
        Assert.Contains("The exception that the CheckpointProgress handler threw was ignored: a bug in every report", _warnings);
    }

    [Fact]
    public void Fit_ProgressThrowsBefore_ThrowsIt()
    {
        var options = InstanceNorm with { Progress = new Handler<TrainingProgress>(_ => throw new InvalidOperationException("stop it")) };

        Assert.Equal("stop it", Assert.Throws<InvalidOperationException>(() => Fit(options, [(Noise(1), Noise(2))])).Message);
    }

    [Fact]
    public void Fit_ProgressThrowsAtTheStepOfEarlyStopping_ReturnsTheModel()
    {
        var options = InstanceNorm with
        {
            Training = InstanceNorm.Training with { Epochs = 50, LearningRate = 1e-12 }, // no epoch is better than the first
            ValidationFraction = 0.5,
            Validation = new() { Patience = 1 },
            Progress = new Handler<TrainingProgress>(progress =>
            {
                if (progress.Epoch == 2)
                    throw new InvalidOperationException("a bug in the last epoch");
            }),
        };

        using var model = Fit(options, [(Noise(1), Noise(2)), (Noise(3), Noise(4))]);

        Assert.Equal((2, EndReason.EarlyStopping), (model.Training!.Steps, model.Training.EndReason));
        Assert.Contains(_warnings, warning => warning.EndsWith("a bug in the last epoch", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_ExportWouldExceedAFile_IsRejectedBeforeARowIsRead()
    {
        var options = InstanceNorm with
        {
            Generator = InstanceNorm.Generator with { Width = 4096, Height = 4096, Filters = 16, ResidualBlocks = 32 },
            Inference = new() { Dropout = true },
        };
        var rows = new ProbeView(() => Noise(1));

        var error = Assert.Throws<ArgumentException>(
            () => _context.ImageTranslation.Pix2Pix("Output", "Input", "Input", options).Fit(rows));

        Assert.Contains("The exported model would be 8.6 GB with its weights and dropout masks, but an ONNX file is limited to 2 GiB.", error.Message);
        Assert.Equal(0, rows.Read);
    }

    private Pix2PixTransformer Fit(Pix2PixOptions options, IEnumerable<(MLImage Input, MLImage Target)> pairs)
    {
        TestRow[] rows = [.. pairs.Select(pair => new TestRow { Input = pair.Input, Target = pair.Target })];
        return _context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(_context.Data.LoadFromEnumerable(rows));
    }

    private static MLImage White() => Image(pixels => pixels.AsSpan().Fill(255));

    private static MLImage Noise(int seed) => Image(pixels =>
    {
        new Random(seed).NextBytes(pixels);
        for (var alpha = 3; alpha < pixels.Length; alpha += 4)
            pixels[alpha] = 255;
    });

    private static MLImage Image(Action<byte[]> fill)
    {
        var pixels = new byte[Side * Side * 4];
        fill(pixels);
        return MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels);
    }

    private sealed class Handler<T>(Action<T> handle) : IProgress<T>
    {
        public void Report(T value) => handle(value);
    }
}
