using static TorchSharp.torch;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// Accesses the values of a tensor as bytes, a few megabytes at a time, so that no tensor is duplicated in memory on any device.
/// </summary>
internal static class TensorBytes
{
    private const int ChunkLength = 16 << 20;

    /// <summary>Passes all bytes of a tensor to a callback, in row-major order.</summary>
    public static void ForEachChunk(Tensor tensor, Action<ReadOnlySpan<byte>> show)
    {
        using var scope = NewDisposeScope();
        ForEachPart(tensor.detach().contiguous(), part => show(part.cpu().bytes));
    }

    /// <summary>Fills a contiguous tensor in the same order.</summary>
    public static void Fill(Tensor tensor, Action<Span<byte>> fill)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        ForEachPart(tensor.detach(), part =>
        {
            var here = part.device_type == TorchSharp.DeviceType.CPU ? part : empty_like(part, device: CPU);
            fill(here.bytes);
            if (!ReferenceEquals(here, part))
                part.copy_(here);
        });
    }

    private static void ForEachPart(Tensor tensor, Action<Tensor> action)
    {
        var flat = tensor.view(-1);
        var step = ChunkLength / tensor.element_size();
        for (var start = 0L; start < flat.numel(); start += step)
        {
            using var scope = NewDisposeScope();
            action(flat.narrow(0, start, Math.Min(step, flat.numel() - start)));
        }
    }
}
