using Microsoft.ML.OnnxRuntime;

namespace Pix2Pix.ML.Inference;

/// <summary>Binds memory to the name of an input or output. Dispose of it after the run.</summary>
internal sealed record Binding(string Name, OrtValue Value) : IDisposable
{
    public static Binding Of<T>(string name, Memory<T> values, params long[] shape) where T : unmanaged
        => new(name, OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape));

    public void Dispose() => Value.Dispose();
}
