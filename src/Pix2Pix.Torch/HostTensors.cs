using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>Tensors that were made on the host and are needed on a device.</summary>
internal static class HostTensors
{
    /// <summary>
    /// Moves a tensor of the host to a device. On CUDA nothing waits for the device: the numbers go by pinned memory, which libtorch
    /// keeps for itself until they have arrived. A copy from other memory would first wait for all that the device has to do.
    /// </summary>
    /// <param name="host">Disposed of where the result is another tensor; for a CPU it is the result.</param>
    /// <param name="device">Where to.</param>
    public static Tensor MovedTo(this Tensor host, Device device)
    {
        if (device.type == DeviceType.CPU)
            return host;
        using (host)
        using (var pinned = host.pin_memory())
            return pinned.to(device, non_blocking: true);
    }
}
