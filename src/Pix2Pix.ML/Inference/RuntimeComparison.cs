using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.ML.Inference;

/// <summary>Runs the same images through TorchSharp and through ONNX Runtime.</summary>
internal static class RuntimeComparison
{
    /// <summary>Pairs of the training set to compare on.</summary>
    public const int MaxImages = 4;

    private const float HalfRange = 127.5f;

    /// <summary>The largest difference over the inputs of some pairs, of which there is at least one.</summary>
    /// <exception cref="InvalidOperationException">It is larger than <see cref="OnnxParity.Tolerance"/>.</exception>
    public static OnnxParity Compare(Generator trained, OnnxGenerator exported, IReadOnlyList<ImagePair> pairs)
    {
        var largest = pairs.Max(pair => Difference(trained, exported, pair.Input));
        if (largest <= OnnxParity.Tolerance)
            return new OnnxParity(largest, pairs.Count);
        throw new InvalidOperationException(
            $"The exported ONNX model differs from the trained generator by {largest} of 255 levels; expected at most " +
            $"{OnnxParity.Tolerance}. Please report it with the options: {trained.Options}, {exported.Inference}.");
    }

    private static int Difference(Generator trained, OnnxGenerator exported, PixelImage image)
    {
        var (width, height) = (trained.Options.Width, trained.Options.Height);
        var pixels = image.Crop(0, 0, width, height).Pixels;
        var fromTorch = Translate(trained, exported.Inference, pixels);

        var (abgr, fromOnnx) = (new byte[exported.ImageLength], new byte[exported.ImageLength]);
        for (var i = 0; i < width * height * 3; i++)
            abgr[Abgr(i)] = pixels[i];
        exported.Translate(abgr, fromOnnx);
        return Enumerable.Range(0, fromTorch.Length).Max(i => Math.Abs(fromTorch[i] - fromOnnx[Abgr(i)]));
    }

    // Red, green, blue of pixel i / 3 stand at 3, 2, 1 of its four bytes.
    private static int Abgr(int rgb) => (rgb / 3 * OnnxGenerator.Channels) + 3 - (rgb % 3);

    private static int[] Translate(Generator generator, InferenceOptions inference, byte[] rgb)
    {
        using var scope = NewDisposeScope();
        var device = generator.parameters().First().device;
        var (width, height) = (generator.Options.Width, generator.Options.Height);
        float[] values = [.. rgb.Select(level => (level / HalfRange) - 1)];
        var input = tensor(values, [1, height, width, 3]).permute(0, 3, 1, 2).contiguous().to(device);
        var image = generator.Translate(input, inference).permute(0, 2, 3, 1).contiguous().to(CPU);
        return [.. image.data<float>().Select(value => (int)Math.Clamp(MathF.Round((value + 1) * HalfRange), 0, 255))];
    }
}
