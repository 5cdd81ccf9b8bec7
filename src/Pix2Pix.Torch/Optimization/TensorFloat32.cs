using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Optimization;

/// <summary>
/// Whether CUDA may round what it multiplies to TF32, until this is disposed of; then as before. libtorch keeps it for the whole process,
/// and by default allows it to cuDNN's convolutions: who wants float32 has to say so.
/// </summary>
internal sealed class TensorFloat32 : IDisposable
{
    private readonly bool _products = backends.cuda.matmul.allow_tf32;
    private readonly bool _convolutions = backends.cudnn.allow_tf32;

    private TensorFloat32(bool allowed) => Set(allowed, allowed);

    /// <summary>Allows or forbids it where this device computes; null on a CPU, on which it changes nothing.</summary>
    public static TensorFloat32? On(Device device, bool allowed) => device.type == DeviceType.CUDA ? new(allowed) : null;

    public void Dispose() => Set(_products, _convolutions);

    private static void Set(bool products, bool convolutions)
    {
        backends.cuda.matmul.allow_tf32 = products;
        backends.cudnn.allow_tf32 = convolutions;
    }
}
