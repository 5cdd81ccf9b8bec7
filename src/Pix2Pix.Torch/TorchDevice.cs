using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>Queries the devices available for training.</summary>
public static class TorchDevice
{
    /// <summary>Determines whether this CUDA device is available to libtorch.</summary>
    /// <exception cref="TorchRuntimeException">libtorch could not be loaded; the message states the cause and the remedy.</exception>
    public static bool IsGpuAvailable(int gpuDeviceId)
    {
        TorchRuntime.Initialize();
        return gpuDeviceId >= 0 && cuda.is_available() && gpuDeviceId < cuda.device_count();
    }

    /// <summary>Returns the device to train on.</summary>
    internal static Device Resolve(int? gpuDeviceId)
    {
        TorchRuntime.Initialize();
        if (gpuDeviceId is not { } id)
            return CPU;
        if (IsGpuAvailable(id))
            return new Device(DeviceType.CUDA, id);
        throw new InvalidOperationException(
            $"CUDA device {id} was asked for, but libtorch sees {(cuda.is_available() ? cuda.device_count() : 0)} of them. Reference " +
            "Pix2Pix.Runtime.Cuda.linux-x64 or Pix2Pix.Runtime.Cuda.win-x64, or name a libtorch with CUDA in PIX2PIX_LIBTORCH; or " +
            "train on the CPU.");
    }
}
