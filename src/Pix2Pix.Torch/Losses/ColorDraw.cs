using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// Random brightness, saturation and contrast for each image, with the ranges of Zhao et al. 2020. All channels are treated equally.
/// </summary>
/// <param name="Brightness">Added to all values, in [-0.5, 0.5).</param>
/// <param name="Saturation">The factor for the difference of a pixel's channels from their mean, in [0, 2).</param>
/// <param name="Contrast">The factor for the difference of all values from the image's mean, in [0.5, 1.5).</param>
internal readonly record struct ColorDraw(double[] Brightness, double[] Saturation, double[] Contrast)
{
    public static ColorDraw Draw(Random random, int count)
    {
        var draw = new ColorDraw(new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            draw.Brightness[i] = random.NextDouble() - 0.5;
            draw.Saturation[i] = random.NextDouble() * 2;
            draw.Contrast[i] = random.NextDouble() + 0.5;
        }

        return draw;
    }

    /// <summary>(N, C, H, W) in [-1, 1] to the same shape, possibly beyond [-1, 1].</summary>
    public Tensor Apply(Tensor image)
    {
        var x = image.Plus(PerImage(Brightness, image));
        x = Spread(x, x.mean([1], keepdim: true), PerImage(Saturation, x)); // from (N, 1, H, W)
        return Spread(x, x.mean([1, 2, 3], keepdim: true), PerImage(Contrast, x)); // from (N, 1, 1, 1)
    }

    private static Tensor Spread(Tensor x, Tensor mean, Tensor factor) => ((x - mean) * factor).Plus(mean);

    private static Tensor PerImage(double[] numbers, Tensor like)
        => tensor(numbers, [numbers.Length, 1, 1, 1], like.dtype).MovedTo(like.device);
}
