using Microsoft.ML.OnnxRuntime;
using Pix2Pix.ML.Columns;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Export;

namespace Pix2Pix.ML.Inference;

/// <summary>An exported generator that runs in ONNX Runtime. Thread-safe; see <see cref="GuardedSession"/>.</summary>
internal sealed class OnnxGenerator : IDisposable
{
    private const int CudaBatchSize = 16;

    private GuardedSession _session;

    /// <summary>Opens a model that <see cref="GeneratorExporter"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not an ONNX model, or not one written by this library.</exception>
    /// <exception cref="ArgumentException">The model does not accept images of their own size, or batches of this size.</exception>
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
                Generator = Read(OnnxNames.Generator, GeneratorOptions.Default);
                Inference = Read(OnnxNames.Inference, InferenceOptions.Default);
            }

            Preprocessing = Metadata.ContainsKey(OnnxNames.Preprocessing)
                ? Read(OnnxNames.Preprocessing, PreprocessingOptions.Default)
                : PreprocessingOptions.Default;
            new ModelCheck(Shape, isOurs: Generator is not null).Images(_session);
            CheckBatch();
            var failure = WarmUp(form ?? Model, log);
            if (Generator is null && Provider == OnnxSession.Cpu)
                CheckRuns();
            if (failure is not null)
                OnnxSession.CheckFallBack(Options.Gpu, failure, log);
            Model.Hide();
            log.Info($"Running the model with ONNX Runtime on {Provider}, batch size {BatchSize}.");
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

    /// <summary>The options that the model was opened with.</summary>
    public OpenOptions Options { get; }

    /// <summary>How images of another size are handled.</summary>
    public SizingOptions Sizing => Options.Sizing;

    /// <summary>The maximum number of images of one size that are translated in one run.</summary>
    public int BatchSize => Shape.TakesOne ? 1 : Options.Execution.BatchSize ?? (Provider == OnnxSession.Cuda ? CudaBatchSize : 1);

    /// <summary>The images that the model takes and returns.</summary>
    public ModelShape Shape { get; }

    /// <summary>The generator options used in training; null if the model was trained elsewhere.</summary>
    public GeneratorOptions? Generator { get; }

    /// <summary>The export options; null if the model was exported elsewhere.</summary>
    public InferenceOptions? Inference { get; }

    /// <summary>How images of another size are converted to the generator's size.</summary>
    public PreprocessingOptions Preprocessing { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>
    /// The number of means and variances that tiles share; 0 if the network does not normalize per image, so that there are none.
    /// </summary>
    public int StatisticsLength { get; }

    /// <summary>Reads the JSON stored in the metadata under this key.</summary>
    /// <exception cref="InvalidDataException">The key does not exist, or its text cannot be read.</exception>
    public T Read<T>(string key, T defaults)
        where T : class
        => OptionsJson.Read(Text(key), defaults);

    /// <summary>
    /// Translates images of the generator's size. Input and output are contiguous bytes in (count, height, width, ABGR) layout.
    /// </summary>
    /// <param name="input">The images.</param>
    /// <param name="output">Their translations.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="statistics">
    /// The shared statistics, of length <see cref="StatisticsLength"/>; null to normalize each image by its own.
    /// </param>
    public void Translate(Memory<byte> input, Memory<byte> output, int count = 1, float[]? statistics = null)
        => Translate(input, output, Shape.Width, Shape.Height, count, statistics);

    /// <summary>
    /// Translates images of any size that the network accepts. Sizes other than the generator's require
    /// <see cref="ImageSizing.OriginalSize"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The network fails on images of this size.</exception>
    public void Translate(Memory<byte> input, Memory<byte> output, int width, int height, int count, float[]? statistics = null)
    {
        using var to = Images(OnnxNames.Output, output, OnnxPixels.Channels, width, height, count);
        RunNamed(input, [to], width, height, count, statistics);
    }

    /// <summary>Computes an image's own statistics.</summary>
    public float[] Measure(Memory<byte> input)
    {
        var statistics = new float[StatisticsLength];
        using var to = Binding.Of<float>(DynamicShapeModel.Statistics, statistics, 1, statistics.Length, 1, 1);
        RunNamed(input, [to], Shape.Width, Shape.Height, count: 1, statistics: null);
        return statistics;
    }

    /// <summary>
    /// Returns the a and b channels of one image of the generator's size as (height, width, 2) bytes; empty if the model does not output
    /// chroma.
    /// </summary>
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

    /// <summary>Frees the session. The model can still be saved, because its file lives as long as this object.</summary>
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
            throw new InvalidDataException($"ONNX Runtime cannot load the model ({model.Length} bytes): {e.Message}", e);
        }
    }

    private static Binding Images(string name, Memory<byte> bytes, int channels, int width, int height, int count)
        => Binding.Of(name, bytes[..(count * height * width * channels)], count, height, width, channels);

    // ONNX Runtime's own error message refers to graph nodes, so it is rephrased.
    private void RunNamed(Memory<byte> input, Binding[] outputs, int width, int height, int count, float[]? statistics)
    {
        try
        {
            Run(input, outputs, width, height, count, statistics);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidOperationException(
                $"The model failed on {Pluralize.Of(count, "image")} of {width}x{height}.{Advice(width, height)} ONNX Runtime reports: " +
                e.Message,
                e);
        }
    }

    private string Advice(int width, int height)
    {
        if ((width, height) == (Shape.Width, Shape.Height))
            return string.Empty;
        return Generator is null
            ? $" According to ImageModelOptions.SideStep, it accepts multiples of {Shape.SideStep}. Correct SideStep, or choose another " +
                "sizing."
            : " Choose a sizing that needs less memory, such as Tiles.";
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

    // The first run on CUDA selects kernels and allocates memory, so it is done here instead of in the first translation. A device that can
    // be opened may still fail to run a model; in that case the CPU is tried and the failure is returned.
    private OnnxRuntimeException? WarmUp(ModelFile form, Pix2PixLog log)
    {
        if (Provider == OnnxSession.Cpu)
            return null;
        try
        {
            RunBlackImages();
            return null;
        }
        catch (OnnxRuntimeException e)
        {
            _session.Dispose();
            (_session, Provider) = Open(form, Options with { Gpu = default }, log);
            return e;
        }
    }

    // Runs one image, and a batch.
    private void RunBlackImages()
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
                $"BatchSize is {BatchSize}; expected at most {Array.MaxLength / Shape.ImageLength} for images of " +
                $"{Shape.Width}x{Shape.Height}.");
        }
    }

    // Whether a network that was trained elsewhere accepts images of this size is known only after running it.
    private void CheckRuns()
    {
        try
        {
            RunBlackImages();
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException(
                $"The ONNX model failed to translate a batch of {Pluralize.Of(BatchSize, "image")} of {Shape.Width}x{Shape.Height} to " +
                $"images of the same size: {e.Message}",
                e);
        }
    }

    /// <summary>Reads the columns stored in the metadata of a saved stage.</summary>
    /// <exception cref="InvalidDataException">There are none, or their text cannot be read.</exception>
    public StageColumns Columns() => OptionsJson.Read(Text(StageColumns.Key), MLJson.Default.StageColumns, defaults: null);

    private string Text(string key)
        => Metadata.TryGetValue(key, out var text)
            ? text
            : throw new InvalidDataException($"The ONNX model's metadata has no '{key}' entry; expected a model exported by Pix2Pix.");
}
