using Pix2Pix.Imaging;

using static TorchSharp.torch;

namespace Pix2Pix.Torch.Data;

/// <summary>Converts an image to a tensor, (1, C, H, W) with value / 127.5 - 1 for each byte, and back.</summary>
internal static class PixelTensor
{
    private const float HalfRange = 127.5f;

    /// <summary>Returns a tensor on the CPU; the caller disposes it.</summary>
    public static Tensor Of(PixelImage image)
    {
        using var scope = NewDisposeScope();
        float[] values = [.. image.Pixels.Select(level => PixelNormalizer.Levels[level])];
        return tensor(values, [1, image.Height, image.Width, image.Channels]).permute(0, 3, 1, 2).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Returns an image whose values are rounded half to even and clipped to [0, 255].</summary>
    public static PixelImage ToImage(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (height, width, channels) = ((int)image.shape[2], (int)image.shape[3], (int)image.shape[1]);
        var values = image.permute(0, 2, 3, 1).contiguous().to(CPU);
        byte[] bytes = [.. values.data<float>().Select(value => (byte)Math.Clamp(MathF.Round((value + 1) * HalfRange), 0, 255))];
        return new PixelImage(width, height, bytes, channels);
    }
}
