using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Pix2Pix.Imaging;

/// <summary>An input image and its target image, of the same size.</summary>
/// <param name="Input">The input of the generator.</param>
/// <param name="Target">The image that the generator should produce.</param>
internal sealed record ImagePair(PixelImage Input, PixelImage Target)
{
    /// <summary>The name of the pair in messages and reports, such as its file name.</summary>
    /// <value>The default is <see langword="null"/>: the pair has no name.</value>
    public string? Name { get; init; }
}

/// <summary>Images that contain a pair: one half is the input, the other the target, as in the data sets of the pix2pix paper.</summary>
internal static class SideBySide
{
    /// <summary>Splits an image into its left and right half.</summary>
    /// <param name="image">The image with both halves; its width must be even.</param>
    /// <returns>The left and the right half as two new images of equal size that share no bytes with the given one.</returns>
    /// <exception cref="ArgumentException">The width is odd.</exception>
    public static (PixelImage Left, PixelImage Right) Split(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width % 2 != 0)
        {
            throw new ArgumentException(
                $"The side-by-side image is {image.Width}x{image.Height}; its width must be even, because each half is one image of the "
                + "pair. Save the pair as two images of equal width, or pass the two images separately.",
                nameof(image));
        }

        int half = image.Width / 2;
        return (image.Crop(0, 0, half, image.Height), image.Crop(half, 0, half, image.Height));
    }
}

/// <summary>Checksums that identify a pair, and a sequence of pairs, regardless of where they are stored.</summary>
internal static class PairChecksum
{
    /// <summary>Returns the CRC-32C of the sizes and pixels of both images. Processors have an instruction for it.</summary>
    public static uint Of(ImagePair pair) => Add(Add(0, pair.Input), pair.Target);

    /// <summary>Returns the XxHash128 of the pairs' checksums, in order, in hexadecimal.</summary>
    public static string Join(IEnumerable<uint> checksums)
    {
        var hash = new XxHash128();
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        foreach (var checksum in checksums)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, checksum);
            hash.Append(bytes);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static uint Add(uint sum, PixelImage image)
    {
        sum = BitOperations.Crc32C(BitOperations.Crc32C(sum, (uint)image.Width), (uint)image.Height);
        var words = MemoryMarshal.Cast<byte, ulong>(image.Pixels);
        foreach (var word in words)
            sum = BitOperations.Crc32C(sum, word);
        foreach (var level in image.Pixels.AsSpan(words.Length * sizeof(ulong)))
            sum = BitOperations.Crc32C(sum, level);
        return sum;
    }
}
