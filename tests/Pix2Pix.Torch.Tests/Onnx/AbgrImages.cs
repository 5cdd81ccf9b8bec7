using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Onnx;

/// <summary>Images of bytes, (N, height, width, ABGR), and what TorchSharp makes of them.</summary>
internal static class AbgrImages
{
    public const int Alpha = 0;

    public static byte[] Random(int seed, int count, GeneratorOptions size)
    {
        var bytes = new byte[count * size.Height * size.Width * 4];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The translation of each image, rounded to bytes, with an alpha of 255.</summary>
    public static byte[] Translated(Generator generator, InferenceOptions inference, byte[] images, int count)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (generator.Options.Height, generator.Options.Width);
        var abgr = tensor(images, [count, height, width, 4]).to(ScalarType.Float32);
        var rgb = abgr.index_select(3, tensor((long[])[3, 2, 1])).permute(0, 3, 1, 2);

        var result = generator.Translate((rgb / 127.5) - 1, inference);

        var levels = ((result + 1) * 127.5).round().clamp(0, 255);
        var bgr = levels.index_select(1, tensor((long[])[2, 1, 0])).permute(0, 2, 3, 1);
        var opaque = cat([full([count, height, width, 1], 255f), bgr], 3);
        return [.. opaque.to(ScalarType.Byte).contiguous().data<byte>()];
    }

    /// <summary>The largest difference in levels, and the share of bytes that differ.</summary>
    public static (int Largest, double Share) Difference(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var differences = expected.Zip(actual, (e, a) => Math.Abs(e - a)).ToList();
        return (differences.Max(), differences.Count(d => d > 0) / (double)differences.Count);
    }
}
