using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>The device to train on.</summary>
internal static class TorchDevice
{
    /// <summary>Returns the device to train on.</summary>
    internal static Device Resolve(int? gpuDeviceId)
    {
        TorchRuntime.Initialize();
        if (gpuDeviceId is not { } id)
            return CPU;
        if (TorchRuntime.IsGpuAvailable(id))
            return new Device(DeviceType.CUDA, id);
        throw new InvalidOperationException(
            $"CUDA device {id} was requested, but libtorch found {Devices()}. " +
            "Reference Pix2Pix.Runtime.Cuda.linux-x64 or Pix2Pix.Runtime.Cuda.win-x64, set PIX2PIX_LIBTORCH to a " +
            "libtorch with CUDA, or train on the CPU.");
    }

    private static string Devices()
    {
        var count = cuda.is_available() ? cuda.device_count() : 0;
        return count == 1 ? "1 CUDA device" : $"{count} CUDA devices";
    }
}
