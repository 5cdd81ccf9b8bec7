using Microsoft.ML;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Inference;

namespace Pix2Pix.ML.Tests;

/// <summary>A tiny model, trained once for all tests of this project.</summary>
public sealed class TrainedModel : IDisposable
{
    public const int Pairs = 6;

    public static readonly Pix2PixOptions Options = new()
    {
        Generator = new() { Width = 32, Height = 32, Filters = 4 },
        Discriminator = new() { Filters = 4 },
        Training = new() { Epochs = 2, BatchSize = 2, Seed = 7 },
    };

    public TrainedModel()
    {
        Context.Log += (_, e) => Log.Add(e.Message);
        var estimator = Context.ImageTranslation.Pix2Pix(
            "Output", "Input", "Target", Options with { Progress = new Recorder(Progress) });
        Transformer = estimator.Fit(TrainingRows(Context));
    }

    public MLContext Context { get; } = new(seed: 1);

    public Pix2PixTransformer Transformer { get; }

    public List<string> Log { get; } = [];

    public List<TrainingProgress> Progress { get; } = [];

    public static IDataView TrainingRows(MLContext context, int count = Pairs)
        => context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new TestRow
        {
            Name = $"row {i}",
            Input = TestImages.Input(i),
            Target = TestImages.Target(i),
        }).ToArray());

    /// <summary>The model, or another one, reopened for images of other sizes.</summary>
    internal Pix2PixTransformer Open(ImageSizing kind, int batchSize = 1, Pix2PixTransformer? trained = null) => new(
        new OnnxGenerator(
            TestModels.Onnx(trained ?? Transformer),
            OpenOptions.Default with { Execution = new() { BatchSize = batchSize }, Sizing = new() { Kind = kind } },
            new Pix2PixLog(null, "test")),
        new StageColumns("Input", "Output"));

    public void Dispose() => Transformer.Dispose();

    private sealed class Recorder(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
