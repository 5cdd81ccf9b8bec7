using static TorchSharp.torch;

namespace Pix2Pix.Torch.Data;

/// <summary>Where a generator's output becomes pixels.</summary>
internal static class TranslatedPixels
{
    private const float HalfRange = 127.5f;

    /// <summary>The images of a batch, rounded to bytes as the ONNX graph does it: half to even, clipped to 0 to 255.</summary>
    /// <param name="batch">(N, C, H, W) in [-1, 1].</param>
    /// <returns>N images; or null where a value is not finite.</returns>
    public static PixelImage[]? Of(Tensor batch)
    {
        using var scope = NewDisposeScope();
        var (channels, height, width) = ((int)batch.shape[1], (int)batch.shape[2], (int)batch.shape[3]);
        var values = batch.detach().permute(0, 2, 3, 1).contiguous().to(ScalarType.Float32, CPU).data<float>().ToArray(); // (N, H, W, C)
        if (!values.All(float.IsFinite))
            return null;
        byte[] bytes = [.. values.Select(value => (byte)Math.Clamp(MathF.Round((value + 1) * HalfRange), 0, 255))];
        return [.. bytes.Chunk(channels * height * width).Select(pixels => new PixelImage(width, height, pixels, channels))];
    }
}
