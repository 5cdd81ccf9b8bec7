using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Onnx;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.ML.Inference;

/// <summary>Runs the same images through TorchSharp and through ONNX Runtime.</summary>
internal static class RuntimeComparison
{
    /// <summary>Pairs of the training set to compare on.</summary>
    public const int MaxImages = 4;

    /// <summary>The largest difference over the inputs of some pairs, of which there is at least one.</summary>
    /// <exception cref="InvalidOperationException">
    /// It is larger than <see cref="OnnxParity.Tolerance"/>, and the weights are as they were trained.
    /// </exception>
    public static OnnxParity Compare(
        Generator trained, OnnxGenerator exported, IReadOnlyList<ImagePair> pairs, WeightPrecision weights = WeightPrecision.Single)
    {
        var largest = pairs.Max(pair => Difference(trained, exported, pair.Input));
        if (largest <= OnnxParity.Tolerance || weights != WeightPrecision.Single)
            return new OnnxParity(largest, pairs.Count);
        throw new InvalidOperationException(
            $"The exported ONNX model differs from the trained generator by {largest} of 255 levels; expected at most " +
            $"{OnnxParity.Tolerance}. Please report it with the options: {trained.Options}, {exported.Inference}.");
    }

    private static int Difference(Generator trained, OnnxGenerator exported, PixelImage input)
    {
        // A prepared input has the network's channels, and both runtimes are to make those of a picture. That it is not quite the picture
        // that they came from does not matter: both get the same one.
        var crop = input.Crop(0, 0, trained.Options.Width, trained.Options.Height);
        var image = ChannelConversion.ToImage(crop, trained.Options.Input);
        var (abgr, translation) = (OnnxPixels.Pack(image), new byte[exported.Shape.ImageLength]);
        exported.Translate(abgr, translation);
        return ExportComparison.Difference(trained, exported.Inference!, image, translation, exported.Chroma(abgr)).Largest;
    }
}
