using Microsoft.ML.OnnxRuntime;
using Pix2Pix.Onnx;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Export;

/// <summary>The network of an exported model in ONNX Runtime: floats (N, C, H, W).</summary>
internal sealed class NetworkRunner : IDisposable
{
    private readonly InferenceSession _session;

    public NetworkRunner(byte[] model) => _session = new InferenceSession(model);

    public int[] InputShape => _session.InputMetadata[OnnxVariants.Input].Dimensions;

    public Tensor Run(Tensor input)
    {
        using var options = new RunOptions();
        using var value = OrtValue.CreateTensorValueFromMemory(input.data<float>().ToArray(), input.shape);
        using var results = _session.Run(options, [OnnxVariants.Input], [value], [OnnxVariants.Output]);
        return tensor(results[0].GetTensorDataAsSpan<float>().ToArray(), results[0].GetTensorTypeAndShape().Shape);
    }

    public void Dispose() => _session.Dispose();
}
