using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests.Evaluation;

/// <summary>Rows to evaluate: "Input" is the translation.</summary>
internal static class EvaluatedRows
{
    public static IDataView View(this MLContext context, params IEnumerable<TestRow> rows) => context.Data.LoadFromEnumerable(rows);

    public static TestRow Row(PixelImage translation, PixelImage target, string name = "") => new()
    {
        Name = name,
        Input = PixelLayout.FromPixels(translation),
        Target = PixelLayout.FromPixels(target),
    };

    /// <summary>Rows of noise; the translation has a part of the target that grows with the row.</summary>
    public static IEnumerable<TestRow> Noisy(int count, int side)
    {
        for (var i = 0; i < count; i++)
        {
            var (target, other) = (Noise(side, 2 * i), Noise(side, (2 * i) + 1));
            var mixed = target.Pixels.Zip(other.Pixels, (t, o) => (byte)(((i * t) + ((count - i) * o)) / count));
            yield return Row(new PixelImage(side, side, [.. mixed]), target, $"{i}.png");
        }
    }

    public static PixelImage Solid(int side, byte red, byte green, byte blue)
        => new(side, side, [.. Enumerable.Repeat<byte[]>([red, green, blue], side * side).SelectMany(pixel => pixel)]);

    public static PixelImage Noise(int side, int seed)
    {
        var image = new PixelImage(side, side);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }
}
