using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Optimization;

/// <summary>
/// Sets whether CUDA may round the operands of multiplications to TF32. Disposing restores the previous setting. libtorch keeps the setting
/// for the whole process and allows TF32 in cuDNN's convolutions by default, so full float32 precision has to be requested.
/// </summary>
internal sealed class TensorFloat32 : IDisposable
{
    private readonly bool _products = backends.cuda.matmul.allow_tf32;
    private readonly bool _convolutions = backends.cudnn.allow_tf32;

    private TensorFloat32(bool allowed) => Set(allowed, allowed);

    /// <summary>Allows or forbids TF32 on this device; returns null for a CPU, on which it has no effect.</summary>
    public static TensorFloat32? On(Device device, bool allowed) => device.type == DeviceType.CUDA ? new(allowed) : null;

    public void Dispose() => Set(_products, _convolutions);

    private static void Set(bool products, bool convolutions)
    {
        backends.cuda.matmul.allow_tf32 = products;
        backends.cudnn.allow_tf32 = convolutions;
    }
}
