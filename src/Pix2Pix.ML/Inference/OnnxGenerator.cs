using Microsoft.ML.OnnxRuntime;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Export;

namespace Pix2Pix.ML.Inference;

/// <summary>An exported generator in ONNX Runtime. Thread-safe, see <see cref="GuardedSession"/>.</summary>
internal sealed class OnnxGenerator : IDisposable
{
    private const int CudaBatchSize = 16;

    private GuardedSession _session;

    /// <summary>Opens a model that <see cref="GeneratorExporter"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model, or not one of ours.</exception>
    /// <exception cref="ArgumentException">The model does not take images of their own size, or batches of this size.</exception>
    public OnnxGenerator(byte[] model, OpenOptions options, Pix2PixLog log)
    {
        Options = options;
        (var form, StatisticsLength) = SessionModel.Of(model, Sizing.Kind);
        using var _ = form;
        Model = ModelFile.Of(model);
        try
        {
            (_session, Provider) = Open(form ?? Model, options, log);
            Metadata = _session.Metadata;
            ModelCheck.Version(Text(OnnxNames.Version));
            Shape = ModelShape.Of(Metadata);
            if (!Metadata.ContainsKey(OnnxNames.Shape))
            {
                Generator = Read<GeneratorOptions>(OnnxNames.Generator);
                Inference = Read<InferenceOptions>(OnnxNames.Inference);
            }

            Preprocessing = Metadata.ContainsKey(OnnxNames.Preprocessing)
                ? Read<PreprocessingOptions>(OnnxNames.Preprocessing)
                : PreprocessingOptions.Default;
            new ModelCheck(Shape, isOurs: Generator is not null).Images(_session);
            CheckBatch();
            var failure = Warm(form ?? Model, log);
            if (Generator is null && Provider == OnnxSession.Cpu)
                Try();
            if (failure is not null)
                OnnxSession.CheckFallBack(Options.Gpu, failure, log);
            Model.Hide();
            log.Info($"ONNX Runtime translates on {Provider}, in batches of {BatchSize}.");
        }
        catch
        {
            _session?.Dispose();
            Model.Dispose();
            throw;
        }
    }

    /// <summary>The ONNX file.</summary>
    public ModelFile Model { get; }

    /// <summary>CPU or CUDA.</summary>
    public string Provider { get; private set; }

    /// <summary>How it was opened.</summary>
    public OpenOptions Options { get; }

    /// <summary>What happens to images of another size.</summary>
    public SizingOptions Sizing => Options.Sizing;

    /// <summary>The images of one size that are translated in one run, where there are more.</summary>
    public int BatchSize => Shape.TakesOne ? 1 : Options.Execution.BatchSize ?? (Provider == OnnxSession.Cuda ? CudaBatchSize : 1);

    /// <summary>The images that it takes and gives.</summary>
    public ModelShape Shape { get; }

    /// <summary>What it was trained as; null where that was elsewhere.</summary>
    public GeneratorOptions? Generator { get; }

    /// <summary>How it was exported; null where that was elsewhere.</summary>
    public InferenceOptions? Inference { get; }

    /// <summary>How images of another size come to the generator's.</summary>
    public PreprocessingOptions Preprocessing { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The means and variances that tiles share; 0 where they share none, as the network does not normalize by image.</summary>
    public int StatisticsLength { get; }

    /// <summary>What stands in the metadata under this key, as JSON.</summary>
    /// <exception cref="InvalidDataException">There is no such key, or its text cannot be read.</exception>
    public T Read<T>(string key) => OptionsJson.Read<T>(Text(key));

    /// <summary>Translates images of the generator's size, (count, height, width, ABGR) bytes each way, end to end.</summary>
    /// <param name="input">The images.</param>
    /// <param name="output">Their translations.</param>
    /// <param name="count">How many.</param>
    /// <param name="statistics">What they share, of <see cref="StatisticsLength"/>; null: each is normalized by its own.</param>
    public void Translate(Memory<byte> input, Memory<byte> output, int count = 1, float[]? statistics = null)
        => Translate(input, output, Shape.Width, Shape.Height, count, statistics);

    /// <summary>
    /// Translates images of any size that the network takes; of another than the generator's only by <see cref="ImageSizing.OriginalSize"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The network fails on images of this size.</exception>
    public void Translate(Memory<byte> input, Memory<byte> output, int width, int height, int count, float[]? statistics = null)
    {
        using var to = Images(OnnxNames.Output, output, OnnxPixels.Channels, width, height, count);
        RunNamed(input, [to], width, height, count, statistics);
    }

    /// <summary>An image's own statistics.</summary>
    public float[] Measure(Memory<byte> input)
    {
        var statistics = new float[StatisticsLength];
        using var to = Binding.Of<float>(DynamicShapeModel.Statistics, statistics, 1, statistics.Length, 1, 1);
        RunNamed(input, [to], Shape.Width, Shape.Height, count: 1, statistics: null);
        return statistics;
    }

    /// <summary>The a and b of one image of the generator's size, (height, width, 2) bytes; empty where it does not give chroma.</summary>
    public byte[] Chroma(Memory<byte> input)
    {
        if (Shape.Output != ImageChannels.Chroma)
            return [];
        var (width, height) = (Shape.Width, Shape.Height);
        var chroma = new byte[width * height * Shape.Output.Count()];
        using var to = Images(OnnxNames.Chroma, chroma, Shape.Output.Count(), width, height, count: 1);
        RunNamed(input, [to], width, height, count: 1, statistics: null);
        return chroma;
    }

    public bool IsDisposed => _session.IsDisposed;

    /// <summary>Frees the session. The model can still be saved: its file goes with this object.</summary>
    public void Dispose() => _session.Dispose();

    private static (GuardedSession Session, string Provider) Open(ModelFile model, OpenOptions options, Pix2PixLog log)
    {
        try
        {
            var (session, provider) = OnnxSession.Open(model, options, log);
            return (new GuardedSession(session), provider);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"ONNX Runtime cannot open the model ({model.Length} bytes): {e.Message}", e);
        }
    }

    private static Binding Images(string name, Memory<byte> bytes, int channels, int width, int height, int count)
        => Binding.Of(name, bytes[..(count * height * width * channels)], count, height, width, channels);

    // What ONNX Runtime says of a failure is about its nodes.
    private void RunNamed(Memory<byte> input, Binding[] outputs, int width, int height, int count, float[]? statistics)
    {
        try
        {
            Run(input, outputs, width, height, count, statistics);
        }
        catch (OnnxRuntimeException e)
        {
            var images = count == 1 ? "an image" : $"{count} images";
            throw new InvalidOperationException($"The network fails on {images} of {width}x{height}{Advice(width, height)}: {e.Message}", e);
        }
    }

    private string Advice(int width, int height)
    {
        if ((width, height) == (Shape.Width, Shape.Height))
            return string.Empty;
        return Generator is null
            ? $", though sides that are multiples of {Shape.SideStep} were said to be right; set ImageModelOptions.SideStep, or another sizing"
            : "; another sizing, such as Tiles, takes less memory";
    }

    private void Run(Memory<byte> input, Binding[] outputs, int width, int height, int count, float[]? statistics)
    {
        using var images = Images(OnnxNames.Input, input, OnnxPixels.Channels, width, height, count);
        if (StatisticsLength == 0)
        {
            _session.Run([images], outputs);
            return;
        }

        var given = statistics ?? new float[StatisticsLength];
        using var moments = Binding.Of<float>(DynamicShapeModel.GivenStatistics, given, 1, given.Length, 1, 1);
        using var share = Binding.Of<float>(DynamicShapeModel.GivenShare, (float[])[statistics is null ? 0 : 1], 1);
        _session.Run([images, moments, share], outputs);
    }

    // The first run on CUDA chooses kernels and takes memory: better here than in front of a user. And a device that can be opened may
    // still be one that cannot run: then the CPU is tried, and the failure returned.
    private OnnxRuntimeException? Warm(ModelFile form, Pix2PixLog log)
    {
        if (Provider == OnnxSession.Cpu)
            return null;
        try
        {
            TranslateBlack();
            return null;
        }
        catch (OnnxRuntimeException e)
        {
            _session.Dispose();
            (_session, Provider) = Open(form, Options with { Gpu = default }, log);
            return e;
        }
    }

    // One image, and a batch.
    private void TranslateBlack()
    {
        foreach (var count in new[] { 1, BatchSize }.Distinct())
        {
            var images = new byte[count * Shape.ImageLength];
            using var to = Images(OnnxNames.Output, images.ToArray(), OnnxPixels.Channels, Shape.Width, Shape.Height, count);
            Run(images, [to], Shape.Width, Shape.Height, count, statistics: null);
        }
    }

    private void CheckBatch()
    {
        if ((long)BatchSize * Shape.ImageLength > Array.MaxLength)
        {
            throw new ArgumentException(
                $"BatchSize is {BatchSize}; images of {Shape.Width}x{Shape.Height} allow {Array.MaxLength / Shape.ImageLength} at most.");
        }
    }

    // Nobody knows whether a network that was trained elsewhere takes images of this size, before it does.
    private void Try()
    {
        try
        {
            TranslateBlack();
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException(
                $"The ONNX model does not translate {BatchSize} images of {Shape.Width}x{Shape.Height} to as many of the same size: {e.Message}",
                e);
        }
    }

    private string Text(string key)
        => Metadata.TryGetValue(key, out var text)
            ? text
            : throw new InvalidDataException($"The ONNX model has no '{key}' in its metadata; expected a model written by SaveAsOnnx.");
}
