namespace Pix2Pix.Torch.Tests.Export;

/// <summary>Images of bytes, (N, height, width, ABGR).</summary>
internal static class AbgrImages
{
    public const int Alpha = 0;

    public static byte[] Random(int seed, int count, GeneratorOptions size)
    {
        var bytes = new byte[count * size.Height * size.Width * 4];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
