using TorchSharp;
using static TorchSharp.torch;

namespace TrainingSpeed;

/// <summary>The device that computes the steps.</summary>
internal enum ComputeDevice
{
    Cpu,

    /// <summary>CUDA's device 0.</summary>
    Cuda,
}

internal static class ComputeDeviceExtensions
{
    /// <summary>The device ID for the trainer.</summary>
    public static int? GpuDeviceId(this ComputeDevice device) => device == ComputeDevice.Cuda ? 0 : null;

    /// <summary>The libtorch device.</summary>
    public static Device Device(this ComputeDevice device) => device == ComputeDevice.Cuda ? new Device(DeviceType.CUDA, 0) : CPU;

    /// <summary>The name in PyTorch.</summary>
    public static string Name(this ComputeDevice device) => device == ComputeDevice.Cuda ? "cuda" : "cpu";

    /// <summary>Waits until all queued work is complete, because CUDA runs asynchronously.</summary>
    public static void Wait(this ComputeDevice device)
    {
        if (device == ComputeDevice.Cuda)
            cuda.synchronize();
    }
}
