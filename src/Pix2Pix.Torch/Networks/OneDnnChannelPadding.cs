using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// Pads channels with zeros to numbers for which libtorch's convolutions on a CPU give correct results.
/// </summary>
/// <remarks>
/// oneDNN 3.7.1, which is part of libtorch 2.10, works on blocks of 8 or 16 channels. If the channels do not fill the last block, the rest
/// of the block is uninitialized memory. In tests, every gradient from a discriminator's single output channel was wrong by 25 to 97
/// percent, or NaN, with AVX2 and with AVX-512; it was correct with SSE 4.1. Of the numbers that fill blocks, those that are not a multiple
/// of 32 were wrong with AVX-512 (48, 80, ...), except for 16. Images of up to 8 channels are correct as the input of a convolution or the
/// output of a transposed one, because other kernels read them plane by plane. In bfloat16 (AVX-512), values and gradients of such images
/// were wrong as well, by 18 to 33 percent in the cases tested, so they are padded. oneDNN computes whole blocks in any case, so the cost
/// of padding is negligible.
/// </remarks>
internal static class OneDnnChannelPadding
{
    private const int Block = 16;
    private const int PairOfBlocks = 32;
    private const int Planes = 8;

    /// <summary>
    /// Returns the number of zero channels to add to the inputs and outputs of a convolution. The outputs are removed from the result.
    /// </summary>
    /// <param name="x">The input. No padding is needed unless it is float32 or bfloat16 on a CPU.</param>
    /// <param name="inputs">The number of input channels.</param>
    /// <param name="outputs">The number of output channels.</param>
    /// <param name="transposed">Whether the convolution is transposed, so that the output rather than the input may be an image.</param>
    public static (int Inputs, int Outputs) Missing(Tensor x, int inputs, int outputs, bool transposed)
    {
        if (x.device_type != DeviceType.CPU || x.dtype is not (ScalarType.Float32 or ScalarType.BFloat16))
            return (0, 0);
        var planes = x.dtype == ScalarType.Float32;
        return (Missing(inputs, planes && !transposed), Missing(outputs, planes && transposed));
    }

    /// <summary>Appends this number of zero channels to (N, C, H, W).</summary>
    public static Tensor WithChannels(Tensor x, int missing) => missing == 0 ? x : nn.functional.pad(x, [0, 0, 0, 0, 0, missing]);

    /// <summary>Appends these numbers of zeros to the first two dimensions of (A, B, k, k).</summary>
    public static Tensor WithChannels(Tensor weight, int first, int second)
        => first == 0 && second == 0 ? weight : nn.functional.pad(weight, [0, 0, 0, 0, 0, second, 0, first]);

    /// <summary>Appends this number of zeros to (C).</summary>
    public static Tensor? WithValues(Tensor? bias, int missing)
        => bias is null || missing == 0 ? bias : nn.functional.pad(bias, [0, missing]);

    private static int Missing(int channels, bool mayBePlanes)
    {
        if (mayBePlanes && channels <= Planes)
            return 0;
        var block = channels <= Block ? Block : PairOfBlocks;
        return (block - (channels % block)) % block;
    }
}
