using Microsoft.ML.OnnxRuntime;

namespace Pix2Pix.ML.Inference;

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
