using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Pix2Pix.Imaging;

/// <summary>A checksum by which a pair is known again, and one of many pairs: wherever these lie, it is the same.</summary>
internal static class PairChecksum
{
    /// <summary>The CRC-32C of the sizes and pixels of both images, for which processors have an instruction.</summary>
    public static uint Of(ImagePair pair) => Add(Add(0, pair.Input), pair.Target);

    /// <summary>The XxHash128 of the checksums of pairs, in their order, in hexadecimal.</summary>
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
