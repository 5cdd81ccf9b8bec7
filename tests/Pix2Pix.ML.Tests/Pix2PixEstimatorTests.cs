using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Data;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.ML.Tests;

public sealed class Pix2PixEstimatorTests
{
    private readonly MLContext _context = new(seed: 3);
    private readonly List<string> _log = [];

    public Pix2PixEstimatorTests() => _context.Log += (_, e) => _log.Add(e.Message);

    private static Pix2PixOptions Tiny => TrainedModel.Options with { Training = new() { Epochs = 1, BatchSize = 2, Seed = 7 } };

    [Fact]
    public void Fit_MissingAndWrongColumns_NamesBoth()
    {
        var estimator = _context.Transforms.Pix2Pix("Output", "Inputs", "Name", Tiny);
        const string Missing = "Column 'Inputs' is missing; the columns are 'Name', 'Input', 'Target'.";

        var fit = Assert.Throws<ArgumentException>(() => estimator.Fit(TrainedModel.TrainingRows(_context)));
        // A chain asks for the schema before anything is fitted.
        var schema = Assert.Throws<ArgumentException>(
            () => _context.Transforms.CopyColumns("Copy", "Name").Append(estimator).Fit(TrainedModel.TrainingRows(_context)));

        const string Expected =
            $"{Missing}\nColumn 'Name' is String; Pix2Pix learns from images. Append LoadImages(\"Name\", ...) before it.";
        Assert.Equal(Expected, fit.Message);
        Assert.Equal(Expected.Replace("'Target'.", "'Target', 'Copy'."), schema.Message);
    }

    [Fact]
    public void Transform_MissingColumn_NamesIt()
    {
        using var transformer = _context.Transforms.Pix2Pix("Output", "Input", "Target", Tiny).Fit(TrainedModel.TrainingRows(_context));
        var renamed = _context.Transforms.DropColumns("Input").Fit(TrainedModel.TrainingRows(_context))
            .Transform(TrainedModel.TrainingRows(_context));

        var error = Assert.Throws<ArgumentException>(() => transformer.Transform(renamed));

        Assert.Equal("Column 'Input' is missing; the columns are 'Name', 'Target'.", error.Message);
    }

    [Fact]
    public void GetOutputSchema_ImageColumns_AddsAnImageColumn()
    {
        var probe = new ShapeProbe(_context);
        using var fitted = _context.Transforms.Pix2Pix("Output", "Input", "Target", Tiny).Append(probe)
            .Fit(TrainedModel.TrainingRows(_context));

        Assert.Equal(new ImageDataViewType(32, 32), probe.Shape!.Single(column => column.Name == "Output").ItemType);
        Assert.Equal(["Name", "Input", "Target", "Output"], probe.Shape!.Select(column => column.Name));
    }

    [Fact]
    public void Fit_NoRows_SaysSo()
    {
        var error = Assert.Throws<PairDataException>(() => Fit(Tiny));

        Assert.Equal("The data has no rows; expected at least one pair of images.", error.Message);
    }

    [Fact]
    public void Fit_FaultyRows_NamesAllOfThem()
    {
        var error = Assert.Throws<PairDataException>(() => Fit(
            Tiny,
            new TestRow { Name = "good", Input = TestImages.Input(1), Target = TestImages.Target(1) },
            new TestRow { Name = "a.png", Input = null, Target = TestImages.Target(1) },
            new TestRow { Name = "b.png", Input = TestImages.Input(1), Target = null },
            new TestRow { Name = string.Empty, Input = TestImages.Input(1, 64, 32), Target = TestImages.Target(1) }));

        Assert.Equal(
            """
            3 of 4 rows cannot be learnt from. Mend them or filter them out:
              Row 2 (a.png): column 'Input' is null; expected an image. Is its file there, and readable?
              Row 3 (b.png): column 'Target' is null; expected an image. Is its file there, and readable?
              Row 4: The input is 64x32 and the target 32x32; expected two images of the same shape (width / height), in whatever resolution. Crop one of them to the other's view.
            """,
            error.Message);
        Assert.Equal(3, error.Problems.Count);
    }

    [Fact]
    public void Fit_CorruptFile_NamesItsRow()
    {
        var folder = Directory.CreateTempSubdirectory("pix2pix-tests-");
        try
        {
            TestImages.Input(1).Save(Path.Combine(folder.FullName, "good.png"));
            File.WriteAllBytes(Path.Combine(folder.FullName, "bad.jpg"), [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);
            var rows = _context.Data.LoadFromEnumerable<Paths>([new() { File = "good.png" }, new() { File = "bad.jpg" }]);
            var pipeline = _context.Transforms.LoadImages("Image", folder.FullName, "File")
                .Append(_context.Transforms.Pix2Pix("Output", "Image", "Image", Tiny));

            var error = Assert.Throws<PairDataException>(() => pipeline.Fit(rows));

            Assert.StartsWith("Row 2 (bad.jpg): column 'Image' ", Assert.Single(error.Problems));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Fit_ImagesOfManySizes_Learns()
    {
        TestRow[] rows =
        [
            new() { Input = TestImages.Input(1, 64, 64), Target = TestImages.Target(1, 32, 32) },
            new() { Input = TestImages.Input(2, 40, 40), Target = TestImages.Target(2, 200, 200) },
            new() { Input = TestImages.Input(3, 90, 30), Target = TestImages.Target(3, 31, 11) }, // 2.94 % apart: not the same shape
        ];

        using var transformer = Fit(Tiny, rows[..2]);
        var error = Assert.Throws<PairDataException>(() => Fit(Tiny, rows));

        Assert.Equal(2, transformer.Training!.Pairs);
        Assert.Contains("Row 3", Assert.Single(error.Problems));
        Assert.Equal(64 * 64 * 4, rows[0].Input!.Pixels.Length); // not disposed of
    }

    [Theory]
    [InlineData(PairSide.Left)]
    [InlineData(PairSide.Right)]
    public void Fit_SideBySide_LearnsWhatTwoColumnsTeach(PairSide inputSide)
    {
        var (inputs, targets) = (Enumerable.Range(0, 4).Select(i => TestImages.Input(i)), Enumerable.Range(0, 4).Select(i => TestImages.Target(i)));
        var pairs = inputs.Zip(targets, (input, target) => new Pair
        {
            Both = inputSide == PairSide.Left ? Joined(input, target) : Joined(target, input),
        }).ToArray();

        using var fromPairs = _context.Transforms.Pix2PixSideBySide("Output", "Input", "Both", inputSide, Tiny)
            .Fit(_context.Data.LoadFromEnumerable(pairs));
        using var fromColumns = Fit(
            Tiny, [.. inputs.Zip(targets, (input, target) => new TestRow { Input = input, Target = target })]);

        Assert.Equal(Onnx(fromColumns), Onnx(fromPairs));
    }

    [Fact]
    public void Fit_SideBySideOfOddWidth_NamesTheRow()
    {
        var odd = new Pair { Both = TestImages.Input(1, 65, 32) };

        var error = Assert.Throws<PairDataException>(
            () => _context.Transforms.Pix2PixSideBySide("Output", "Input", "Both", PairSide.Left, Tiny)
                .Fit(_context.Data.LoadFromEnumerable([odd])));

        Assert.Contains("65", Assert.Single(error.Problems));
    }

    [Fact]
    public void Fit_SameSeed_GivesTheSameBits()
    {
        using var first = Fit(Tiny, Rows());
        using var second = Fit(Tiny, Rows());
        using var other = Fit(Tiny with { Training = Tiny.Training with { Seed = 8 } }, Rows());

        Assert.Equal(Onnx(first), Onnx(second));
        Assert.NotEqual(Onnx(first), Onnx(other));
    }

    [Fact]
    public void Fit_NoSeed_TakesTheContexts()
    {
        var options = Tiny with { Training = Tiny.Training with { Seed = null } };

        byte[] Train(int seed)
        {
            var context = new MLContext(seed);
            using var transformer = context.Transforms.Pix2Pix("Output", "Input", "Target", options, context)
                .Fit(TrainedModel.TrainingRows(context));
            return Onnx(transformer);
        }

        Assert.Equal(Train(1), Train(1));
        Assert.NotEqual(Train(1), Train(2));
    }

    [Fact]
    public void Fit_Stopped_KeepsWhatWasLearnt()
    {
        using var stop = new CancellationTokenSource();
        var options = Tiny with
        {
            Training = Tiny.Training with { Epochs = 1000 },
            StopTraining = stop.Token,
            Progress = new Callback(progress =>
            {
                if (progress.Step == 4)
                    stop.Cancel();
            }),
        };

        using var transformer = Fit(options, Rows());

        Assert.Equal(4, transformer.Training!.Steps);
        Assert.True(transformer.Training.Stopped);
        using var translation = transformer.Translate(TestImages.Input(1));
        Assert.Equal(32, translation.Width);
    }

    [Fact]
    public void Fit_Cancelled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        var options = Tiny with { CancellationToken = cancel.Token, Progress = new Callback(_ => cancel.Cancel()) };

        Assert.Throws<OperationCanceledException>(() => Fit(options, Rows()));
    }

    [SkippableFact]
    public void Fit_GpuThatIsNotThere_SaysWhatToDoOrFallsBack()
    {
        Skip.If(Torch.TorchDevice.IsGpuAvailable(0), "This machine has a CUDA device: there is nothing to fall back from.");
        var options = Tiny with { GpuDeviceId = 0 };

        var error = Assert.Throws<InvalidOperationException>(() => Fit(options, Rows()));
        using var transformer = _context.Transforms
            .Pix2Pix("Output", "Input", "Target", options with { FallbackToCpu = true }, _context).Fit(TrainedModel.TrainingRows(_context));

        Assert.StartsWith("CUDA device 0 was asked for, but libtorch sees 0 of them.", error.Message);
        Assert.Equal("CPU", transformer.ExecutionProvider);
        Assert.Contains(_log, line => line.Contains("libtorch sees no CUDA device 0. Training on the CPU."));
        Assert.Contains(_log, line => line.Contains("Microsoft.ML.OnnxRuntime.Gpu") && line.Contains("Translating on the CPU."));
    }

    [Fact]
    public void Fit_ContextAsksForAGpu_IsTheContextsFallback()
    {
        var context = new MLContext(1) { GpuDeviceId = 0, FallbackToCpu = true };

        using var transformer = context.Transforms.Pix2Pix("Output", "Input", "Target", Tiny, context).Fit(TrainedModel.TrainingRows(context));

        Assert.Contains(transformer.ExecutionProvider, (string[])["CPU", "CUDA"]);
    }

    [Theory]
    [InlineData("", "Input", "Target")]
    [InlineData("Output", "", "Target")]
    [InlineData("Output", "Input", "")]
    public void Pix2Pix_EmptyColumnName_Throws(string output, string input, string target)
        => Assert.Throws<ArgumentException>(() => _context.Transforms.Pix2Pix(output, input, target));

    [Fact]
    public void Options_OutOfRange_SaysTheRange()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixOptions { GpuDeviceId = -1 });

        Assert.StartsWith("GpuDeviceId is -1; expected 0 or more, or null for the CPU.", error.Message);
    }

    private static TestRow[] Rows()
        => [.. Enumerable.Range(0, 4).Select(i => new TestRow { Input = TestImages.Input(i), Target = TestImages.Target(i) })];

    private static byte[] Onnx(Pix2PixTransformer transformer)
    {
        using var stream = new MemoryStream();
        transformer.SaveAsOnnx(stream);
        return stream.ToArray();
    }

    private static MLImage Joined(MLImage left, MLImage right)
    {
        var (width, height) = (left.Width, left.Height);
        var pixels = new byte[2 * width * height * 4];
        for (var y = 0; y < height; y++)
        {
            left.Pixels.Slice(y * width * 4, width * 4).CopyTo(pixels.AsSpan(y * width * 8));
            right.Pixels.Slice(y * width * 4, width * 4).CopyTo(pixels.AsSpan((y * width * 8) + (width * 4)));
        }

        return MLImage.CreateFromPixels(2 * width, height, left.PixelFormat, pixels);
    }

    private Pix2PixTransformer Fit(Pix2PixOptions options, params TestRow[] rows)
        => _context.Transforms.Pix2Pix("Output", "Input", "Target", options).Fit(_context.Data.LoadFromEnumerable(rows));

    private sealed class Callback(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }

    private sealed class Pair
    {
        [ImageType(32, 64)]
        public MLImage? Both { get; set; }
    }

    private sealed class Paths
    {
        public string File { get; set; } = string.Empty;
    }
}
