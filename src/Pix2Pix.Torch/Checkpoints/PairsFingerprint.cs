using System.Buffers.Binary;
using System.IO.Hashing;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>Tells other pairs from the same ones, by the first few: cheap where they are streamed, too.</summary>
internal static class PairsFingerprint
{
    /// <summary>Another order of the files would show in these.</summary>
    private const int Pairs = 16;

    /// <summary>XxHash128 of the pixels, in hexadecimal.</summary>
    public static string Of(IPairSource pairs, CancellationToken cancel)
    {
        var hash = new XxHash128();
        foreach (var pair in pairs.Read(cancel).Take(Pairs))
        {
            Append(hash, pair.Input);
            Append(hash, pair.Target);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static void Append(XxHash128 hash, PixelImage image)
    {
        Span<byte> size = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(size, image.Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], image.Height);
        BinaryPrimitives.WriteInt32LittleEndian(size[8..], image.Channels);
        hash.Append(size);
        hash.Append(image.Pixels);
    }
}
