using Microsoft.ML.OnnxRuntime;

namespace Pix2Pix.ML.Inference;

/// <summary>Opens an ONNX model on the CPU or on a CUDA device.</summary>
internal static class OnnxSession
{
    public const string Cpu = "CPU";
    public const string Cuda = "CUDA";

    private const string CudaProvider = "CUDAExecutionProvider";
    private const string BuiltWithoutCuda = "its native library was built without CUDA";

    /// <summary>Detects, before training, problems that would prevent opening the model after it.</summary>
    /// <exception cref="InvalidOperationException">
    /// ONNX Runtime's native library cannot be loaded; or the GPU was requested, CUDA is not available, and fallback was not requested.
    /// </exception>
    public static void Require(GpuChoice gpu)
    {
        bool hasCuda;
        try
        {
            hasCuda = HasCuda();
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new InvalidOperationException(
                $"ONNX Runtime's native library cannot be loaded ({FirstLine(e.GetBaseException())}). Reference the package " +
                "Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu in the application.", e);
        }

        if (gpu.DeviceId is { } device && !gpu.FallbackToCpu && !hasCuda)
            throw NoCuda(device, new EntryPointNotFoundException(BuiltWithoutCuda));
    }

    /// <summary>Opens a session and returns it with the provider that it runs on.</summary>
    /// <exception cref="InvalidOperationException">The GPU was requested and is not available, and fallback was not requested.</exception>
    public static (InferenceSession Session, string Provider) Open(
        ModelFile model, OpenOptions options, Pix2PixLog log)
    {
        var (gpu, execution) = (options.Gpu, options.Execution);
        if (gpu.DeviceId is not { } device)
            return (OpenOnCpu(model, execution), Cpu);
        try
        {
            return (OpenOnCuda(model, device, execution), Cuda);
        }
        // If the native package has no CUDA, the entry point is missing; if the CUDA installation is broken, a library is missing.
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            var session = OpenOnCpu(model, execution); // if this fails as well, the model is at fault
            try
            {
                CheckFallBack(gpu, e, log);
                return (session, Cpu);
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
    }

    /// <summary>Warns that the CPU is used, if fallback was requested.</summary>
    /// <exception cref="InvalidOperationException">Fallback was not requested.</exception>
    public static void CheckFallBack(GpuChoice gpu, Exception e, Pix2PixLog log)
    {
        var device = gpu.DeviceId ?? 0;
        if (!gpu.FallbackToCpu)
            throw NoCuda(device, e);
        log.Warning($"{Reason(device, e)}. Running on the CPU.");
    }

    private static InferenceSession OpenOnCpu(ModelFile model, ExecutionOptions execution)
    {
        using var options = new SessionOptions();
        return Open(model, options, execution);
    }

    private static InferenceSession Open(ModelFile model, SessionOptions options, ExecutionOptions execution)
    {
        if (execution.Threads is { } threads)
            options.IntraOpNumThreads = threads;
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", execution.Spinning ? "1" : "0");
        options.AddSessionConfigEntry("session.force_spinning_stop", "1"); // between runs
        options.AddSessionConfigEntry("session.load_model_format", "ONNX"); // the only format that was checked
        return model.Open(options);
    }

    private static InferenceSession OpenOnCuda(ModelFile model, int device, ExecutionOptions execution)
    {
        if (!HasCuda())
            throw new EntryPointNotFoundException(BuiltWithoutCuda);
        using var cuda = new OrtCUDAProviderOptions();
        // An exhaustive search for algorithms would be repeated for each new batch size.
        cuda.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = device.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["cudnn_conv_algo_search"] = "HEURISTIC",
            ["use_tf32"] = execution.AllowTf32 ? "1" : "0",
        });
        using var options = SessionOptions.MakeSessionOptionWithCudaProvider(cuda);
        return Open(model, options, execution);
    }

    private static bool HasCuda() => OrtEnv.Instance().GetAvailableProviders().Contains(CudaProvider);

    private static InvalidOperationException NoCuda(int device, Exception e) => new($"{Reason(device, e)}, or set FallbackToCpu.", e);

    private static string Reason(int device, Exception e)
        => $"ONNX Runtime cannot use CUDA device {device} ({FirstLine(e)}). Reference Microsoft.ML.OnnxRuntime.Gpu instead of " +
            "Microsoft.ML.OnnxRuntime, and install CUDA 13 and cuDNN 9";

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim();
}

/// <summary>
/// A session that may be disposed of at any time. Thread-safe: any number of threads may run it. <see cref="Dispose"/> waits for running
/// calls, and later calls throw an <see cref="ObjectDisposedException"/>; running a disposed session would crash the process.
/// </summary>
internal sealed class GuardedSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private int _running;
    private volatile bool _disposed;
    private bool _freed;

    public GuardedSession(InferenceSession session) => _session = session;

    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    public IReadOnlyDictionary<string, NodeMetadata> Inputs => _session.InputMetadata;

    public IReadOnlyDictionary<string, NodeMetadata> Outputs => _session.OutputMetadata;

    /// <summary>Runs the model on the inputs and writes to the outputs.</summary>
    public void Run(IReadOnlyCollection<Binding> inputs, IReadOnlyCollection<Binding> outputs)
    {
        Enter();
        try
        {
            _session.Run(_run, Names(inputs), Values(inputs), Names(outputs), Values(outputs));
        }
        finally
        {
            Leave();
        }
    }

    public bool IsDisposed => _disposed;

    public void Dispose()
    {
        lock (_lock)
            _disposed = true;

        _idle.Wait();
        lock (_lock) // one of several callers frees it, and all return after it is freed
        {
            if (_freed)
                return;
            _freed = true;
            _run.Dispose();
            _session.Dispose();
        }
    }

    private static string[] Names(IReadOnlyCollection<Binding> bindings) => [.. bindings.Select(binding => binding.Name)];

    private static OrtValue[] Values(IReadOnlyCollection<Binding> bindings) => [.. bindings.Select(binding => binding.Value)];

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

/// <summary>Binds memory to the name of an input or output. Dispose of it after the run.</summary>
internal sealed record Binding(string Name, OrtValue Value) : IDisposable
{
    public static Binding Of<T>(string name, Memory<T> values, params long[] shape) where T : unmanaged
        => new(name, OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape));

    public void Dispose() => Value.Dispose();
}

/// <summary>Defines how a model is opened: the device, the execution settings, and how images of another size are handled.</summary>
internal sealed record OpenOptions(GpuChoice Gpu, ExecutionOptions Execution, SizingOptions Sizing)
{
    /// <summary>On the CPU, with the defaults.</summary>
    public static OpenOptions Default { get; } = new(default, ExecutionOptions.Default, SizingOptions.Default);
}
