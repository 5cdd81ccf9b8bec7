using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// Channels in numbers that libtorch's convolutions on a CPU compute rightly. What is missing is filled with zeros.
/// </summary>
/// <remarks>
/// oneDNN 3.7.1, which libtorch 2.10 carries, works on blocks of 8 or 16 channels. Where the channels of a map do not fill the last block,
/// the rest of it is whatever the memory held before: on the machine on which this was found every gradient that came from a
/// discriminator's single output channel was wrong by 25 to 97 percent, or NaN, with AVX2 and with AVX-512 (SSE 4.1 was right). Of the
/// numbers that fill blocks, those that are no multiple of 32 were wrong with AVX-512 (48, 80, ...), 16 was right. Images of up to 8
/// channels are right where a network takes them in or, transposed, gives them out: other kernels read them plane by plane. Not so in
/// bfloat16 (AVX-512): there values and gradients of such images were wrong as well, by 18 to 33 percent where it was looked at, and are
/// filled. oneDNN computes whole blocks in any case, so that filling them costs next to nothing.
/// </remarks>
internal static class OneDnnChannelPadding
{
    private const int Block = 16;
    private const int PairOfBlocks = 32;
    private const int Planes = 8;

    /// <summary>How many channels are missing on both sides of a convolution: zeros to add to inputs and weights, and to cut off.</summary>
    /// <param name="x">The map: what is neither float32 nor bfloat16 on a CPU is computed elsewhere.</param>
    /// <param name="inputs">The channels of the map.</param>
    /// <param name="outputs">The channels of the result.</param>
    /// <param name="transposed">Whether the side that may be an image is the result.</param>
    public static (int Inputs, int Outputs) Missing(Tensor x, int inputs, int outputs, bool transposed)
    {
        if (x.device_type != DeviceType.CPU || x.dtype is not (ScalarType.Float32 or ScalarType.BFloat16))
            return (0, 0);
        var planes = x.dtype == ScalarType.Float32;
        return (Missing(inputs, planes && !transposed), Missing(outputs, planes && transposed));
    }

    /// <summary>(N, C, H, W) with so many channels of zeros behind its own.</summary>
    public static Tensor WithChannels(Tensor x, int missing) => missing == 0 ? x : nn.functional.pad(x, [0, 0, 0, 0, 0, missing]);

    /// <summary>(A, B, k, k) with so many zeros behind its own in its first two dimensions.</summary>
    public static Tensor WithChannels(Tensor weight, int first, int second)
        => first == 0 && second == 0 ? weight : nn.functional.pad(weight, [0, 0, 0, 0, 0, second, 0, first]);

    /// <summary>(C) with so many zeros behind its own.</summary>
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
