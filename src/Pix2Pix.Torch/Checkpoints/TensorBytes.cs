using static TorchSharp.torch;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>The values of a tensor as bytes, some megabytes at a time: none is ever in memory twice, wherever it lives.</summary>
internal static class TensorBytes
{
    private const int ChunkLength = 16 << 20;

    /// <summary>Shows all bytes of a tensor in order, row by row.</summary>
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
