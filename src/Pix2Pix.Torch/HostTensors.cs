using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>Moves tensors from the host to a device.</summary>
internal static class HostTensors
{
    /// <summary>
    /// Moves a host tensor to a device. On CUDA the call does not wait for the device: the values are copied through pinned memory, which
    /// libtorch retains until the transfer is complete. A copy from pageable memory would first wait for all queued work.
    /// </summary>
    /// <param name="host">The tensor to move. Disposed if the result is another tensor; for a CPU it is the result.</param>
    /// <param name="device">The target device.</param>
    public static Tensor MovedTo(this Tensor host, Device device)
    {
        if (device.type == DeviceType.CPU)
            return host;
        using (host)
        using (var pinned = host.pin_memory())
            return pinned.to(device, non_blocking: true);
    }
}
