using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Pix2Pix.ML.Data;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Onnx;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// An exported generator in ONNX Runtime. Thread-safe: any number of threads may translate; <see cref="Dispose"/> waits for them, and
/// later calls get an <see cref="ObjectDisposedException"/> (a disposed session would end the process).
/// </summary>
internal sealed class OnnxGenerator : IDisposable
{
    private const int CudaBatchSize = 16;

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private int _running;
    private bool _disposed;

    /// <summary>Opens a model that <see cref="GeneratorExporter"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model, or not one of ours.</exception>
    public OnnxGenerator(byte[] model, GpuChoice gpu, ExecutionOptions execution, Pix2PixLog log)
    {
        Model = model;
        Execution = execution;
        try
        {
            (_session, Provider) = OnnxSession.Open(model, gpu, execution, log);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"ONNX Runtime cannot open the model ({model.Length} bytes): {e.Message}", e);
        }

        try
        {
            Metadata = _session.ModelMetadata.CustomMetadataMap;
            CheckVersion();
            Generator = Read<GeneratorOptions>(OnnxNames.Generator);
            Inference = Read<InferenceOptions>(OnnxNames.Inference);
            Preprocessing = Metadata.ContainsKey(OnnxNames.Preprocessing)
                ? Read<PreprocessingOptions>(OnnxNames.Preprocessing)
                : PreprocessingOptions.Default;
            CheckImages(_session.InputMetadata, OnnxNames.Input, OnnxPixels.Channels);
            CheckImages(_session.OutputMetadata, OnnxNames.Output, OnnxPixels.Channels);
            if (Generator.Output == ImageChannels.Chroma)
                CheckImages(_session.OutputMetadata, OnnxNames.Chroma, Generator.OutputChannels);
            WarmUp();
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>The ONNX file.</summary>
    public byte[] Model { get; }

    /// <summary>CPU or CUDA.</summary>
    public string Provider { get; }

    /// <summary>How the session runs.</summary>
    public ExecutionOptions Execution { get; }

    /// <summary>The images that are translated in one run, where there are more.</summary>
    public int BatchSize => Execution.BatchSize ?? (Provider == OnnxSession.Cuda ? CudaBatchSize : 1);

    public GeneratorOptions Generator { get; }

    public InferenceOptions Inference { get; }

    /// <summary>How images of another size come to the generator's.</summary>
    public PreprocessingOptions Preprocessing { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The bytes of one image.</summary>
    public int ImageLength => Generator.Width * Generator.Height * OnnxPixels.Channels;

    /// <summary>What stands in the metadata under this key, as JSON.</summary>
    /// <exception cref="InvalidDataException">There is no such key, or its text cannot be read.</exception>
    public T Read<T>(string key) => OptionsJson.Read<T>(Text(key));

    /// <summary>Translates images, (count, height, width, ABGR) bytes each way, end to end.</summary>
    public void Translate(byte[] input, byte[] output, int count = 1)
        => Run(input, OnnxNames.Output, OnnxPixels.Channels, output, count);

    /// <summary>A new image of one translation's bytes, for a user who may or may not dispose of it.</summary>
    public MLImage Image(ReadOnlySpan<byte> abgr)
        => NativePressure.Of(PixelLayout.FromAbgr(Generator.Width, Generator.Height, abgr));

    /// <summary>The a and b of one image, (height, width, 2) bytes; empty where the generator does not give chroma.</summary>
    public byte[] Chroma(byte[] input)
    {
        if (Generator.Output != ImageChannels.Chroma)
            return [];
        var chroma = new byte[Generator.Width * Generator.Height * Generator.OutputChannels];
        Run(input, OnnxNames.Chroma, Generator.OutputChannels, chroma, count: 1);
        return chroma;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        _idle.Wait();
        _run.Dispose();
        _session.Dispose();
    }

    private void Run(byte[] input, string outputName, int outputChannels, byte[] output, int count)
    {
        Enter();
        try
        {
            using var from = Images(input, count, OnnxPixels.Channels);
            using var to = Images(output, count, outputChannels);
            _session.Run(_run, [OnnxNames.Input], [from], [outputName], [to]);
        }
        finally
        {
            Leave();
        }
    }

    // The first run on CUDA chooses kernels and takes memory: better here than in front of a user.
    private void WarmUp()
    {
        if (Provider != OnnxSession.Cuda)
            return;
        foreach (var count in (int[])[1, BatchSize])
        {
            var images = new byte[count * ImageLength];
            Translate(images, images.ToArray(), count);
        }
    }

    private OrtValue Images(byte[] bytes, int count, int channels)
    {
        long[] shape = [count, Generator.Height, Generator.Width, channels];
        var length = count * Generator.Height * Generator.Width * channels;
        return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, bytes.AsMemory(0, length), shape);
    }

    private string Text(string key)
        => Metadata.TryGetValue(key, out var text)
            ? text
            : throw new InvalidDataException($"The ONNX model has no '{key}' in its metadata; expected a model written by SaveAsOnnx.");

    private void CheckVersion()
    {
        if (Text(OnnxNames.Version) is var version && version != OnnxNames.CurrentVersion)
        {
            throw new InvalidDataException(
                $"The ONNX model has version '{version}' in its metadata; expected '{OnnxNames.CurrentVersion}'. A newer Pix2Pix wrote it.");
        }
    }

    // A run with other shapes than the graph's would fail, image by image, in terms of ONNX Runtime's.
    private void CheckImages(IReadOnlyDictionary<string, NodeMetadata> nodes, string name, int channels)
    {
        int[] expected = [-1, Generator.Height, Generator.Width, channels];
        if (!nodes.TryGetValue(name, out var node) || !node.IsTensor || node.ElementDataType != TensorElementType.UInt8
            || !node.Dimensions.AsSpan().SequenceEqual(expected))
        {
            throw new InvalidDataException(
                $"The ONNX model has no '{name}' of bytes, [N, {Generator.Height}, {Generator.Width}, {channels}], as its metadata says.");
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(Pix2PixTransformer));
            _running++;
            _idle.Reset();
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_running == 0)
                _idle.Set();
        }
    }
}
