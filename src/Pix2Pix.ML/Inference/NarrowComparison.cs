using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Inference;

/// <summary>Measures how much weights of lower precision change translations.</summary>
internal static class NarrowComparison
{
    private const int Images = 4;

    /// <summary>The largest difference over synthetic images.</summary>
    public static OnnxParity Compare(OnnxGenerator generator, WeightPrecision weights)
    {
        var model = generator.Model.Read();
        var narrowed = ModelFile.Bytes(
            model, stream => OnnxVariants.Write(model, new OnnxFormat { Weights = weights }, stream));
        using var log = new Pix2PixLog(null, "Comparing");
        using var other = new OnnxGenerator(narrowed, generator.Options, log);
        return new OnnxParity(Enumerable.Range(0, Images).Max(index => Difference(generator, other, Draw(generator.Shape, index))), Images);
    }

    private static int Difference(OnnxGenerator generator, OnnxGenerator narrow, byte[] image)
    {
        var (one, other) = (new byte[image.Length], new byte[image.Length]);
        generator.Translate(image, one);
        narrow.Translate(image, other);
        return ByteDifference.Between(one, other).Largest;
    }

    private static byte[] Draw(ModelShape shape, int index) => OnnxPixels.Pack(DrawnImage.Draw(shape.Width, shape.Height, index));
}
