using Microsoft.ML.OnnxRuntime;
using Pix2Pix.Onnx;

namespace TranslationSpeed;

/// <summary>A minimal session from bytes to bytes: ONNX Runtime without ML.NET.</summary>
internal sealed class BareSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    public BareSession(string path, int size, int count = 1, int? threads = null, bool spinning = true, bool stopSpinning = false)
    {
        using SessionOptions options = new();
        if (threads is { } number)
            options.IntraOpNumThreads = number;
        if (!spinning)
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (stopSpinning)
            options.AddSessionConfigEntry("session.force_spinning_stop", "1");
        _session = new InferenceSession(path, options);
        Input = new byte[count * size * size * 4];
        Output = new byte[Input.Length];
        _input = OrtValue.CreateTensorValueFromMemory(Input, [count, size, size, 4]);
        _output = OrtValue.CreateTensorValueFromMemory(Output, [count, size, size, 4]);
    }

    public byte[] Input { get; }

    public byte[] Output { get; }

    public void Run() => _session.Run(_run, [OnnxNames.Input], [_input], [OnnxNames.Output], [_output]);

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}
