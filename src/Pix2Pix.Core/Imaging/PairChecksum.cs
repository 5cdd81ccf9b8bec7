using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Pix2Pix.Imaging;

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
