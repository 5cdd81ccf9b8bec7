using Pix2Pix.Imaging;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Export;
using Pix2Pix.Torch.Networks;

namespace Pix2Pix.ML.Inference;

/// <summary>Translates the same images with TorchSharp and with ONNX Runtime.</summary>
internal static class RuntimeComparison
{
    /// <summary>The number of images to compare.</summary>
    public const int Images = 4;

    /// <summary>The number of training pairs to choose them from.</summary>
    private const int Candidates = 32;

    /// <summary>The minimum standard deviation, in levels, of an image to compare.</summary>
    private const double LeastDeviation = 1;

    /// <summary>
    /// Chooses the images to compare: inputs of the first training pairs, without those of a single color. On such an input, all features
    /// of a layer are equal, and normalization divides rounding errors by a deviation of almost zero, so two correct runtimes can differ by
    /// any number of levels. If no input remains, synthetic images are used.
    /// </summary>
    /// <param name="pairs">The training pairs, read as far as needed.</param>
    /// <param name="generator">The size and the channels of the images.</param>
    public static IReadOnlyList<PixelImage> Choose(IEnumerable<ImagePair> pairs, GeneratorOptions generator)
    {
        // A prepared input has the network's channels. It is converted back to an image, which both runtimes then convert themselves. The
        // image may differ slightly from the original, but both runtimes receive the same one.
        PixelImage[] chosen =
        [
            .. pairs.Take(Candidates)
                .Select(pair => pair.Input.Crop(0, 0, generator.Width, generator.Height))
                .Where(Varies)
                .Select(input => ChannelConversion.ToImage(input, generator.Input))
                .Take(Images),
        ];
        return chosen.Length > 0 ? chosen : [.. Enumerable.Range(0, Images).Select(index => Draw(generator, index))];
    }

    /// <summary>The largest difference over the images, of which there is at least one.</summary>
    public static OnnxParity Compare(Generator trained, OnnxGenerator exported, IReadOnlyList<PixelImage> images)
        => new(images.Max(image => Difference(trained, exported, image)), images.Count);

    private static PixelImage Draw(GeneratorOptions generator, int index)
    {
        var channels = generator.Input is ImageChannels.Gray or ImageChannels.Rgba ? generator.Input : ImageChannels.Rgb;
        return ChannelConversion.ToChannels(DrawnImage.Draw(generator.Width, generator.Height, index), channels);
    }

    // In any of its channels.
    private static bool Varies(PixelImage image)
        => Enumerable.Range(0, image.Channels).Any(channel => Deviation(image, channel) >= LeastDeviation);

    private static double Deviation(PixelImage image, int channel)
    {
        var (sum, squares, count) = (0.0, 0.0, image.Pixels.Length / image.Channels);
        for (var i = channel; i < image.Pixels.Length; i += image.Channels)
        {
            double level = image.Pixels[i];
            sum += level;
            squares += level * level;
        }

        var mean = sum / count;
        return Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
    }

    private static int Difference(Generator trained, OnnxGenerator exported, PixelImage image)
    {
        var (abgr, translation) = (OnnxPixels.Pack(image), new byte[exported.Shape.ImageLength]);
        exported.Translate(abgr, translation);
        return ExportComparison.Difference(trained, exported.Inference!, image, translation, exported.Chroma(abgr)).Largest;
    }
}
