using TorchSharp;
using static TorchSharp.torch;

namespace TrainingSpeed;

/// <summary>Where steps are computed.</summary>
internal enum ComputeDevice
{
    Cpu,

    /// <summary>CUDA's device 0.</summary>
    Cuda,
}

internal static class ComputeDeviceExtensions
{
    /// <summary>What the trainer calls it.</summary>
    public static int? GpuDeviceId(this ComputeDevice device) => device == ComputeDevice.Cuda ? 0 : null;

    /// <summary>What libtorch calls it.</summary>
    public static Device Device(this ComputeDevice device) => device == ComputeDevice.Cuda ? new Device(DeviceType.CUDA, 0) : CPU;

    /// <summary>What PyTorch calls it.</summary>
    public static string Name(this ComputeDevice device) => device == ComputeDevice.Cuda ? "cuda" : "cpu";

    /// <summary>Returns when all is computed that was asked for: CUDA works on behind the calls.</summary>
    public static void Wait(this ComputeDevice device)
    {
        if (device == ComputeDevice.Cuda)
            cuda.synchronize();
    }
}
