using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// Augments the inputs of the discriminator (Zhao et al. 2020, "Differentiable augmentation for data-efficient GAN training"). Real and
/// generated images are augmented at random in both updates, and gradients flow through the augmentation.
/// </summary>
internal sealed class DifferentiableAugmentation
{
    private readonly DiscriminatorAugmentation _kinds;

    public DifferentiableAugmentation(DiscriminatorAugmentation kinds) => _kinds = kinds;

    /// <summary>
    /// Augments a batch, with a separate draw for each pair. Translation and cutout are the same for the input and its image, so that
    /// they stay aligned; color changes apply to the image only.
    /// </summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="image">(N, C', H, W).</param>
    /// <param name="seed">The same seed gives the same augmentation.</param>
    public (Tensor Input, Tensor Image) Apply(Tensor input, Tensor image, int seed)
    {
        var random = new Random(seed);
        var (count, height, width) = ((int)image.shape[0], (int)image.shape[2], (int)image.shape[3]);
        if (_kinds.HasFlag(DiscriminatorAugmentation.Color))
            image = ColorDraw.Draw(random, count).Apply(image);
        if (_kinds.HasFlag(DiscriminatorAugmentation.Translation))
        {
            var draw = TranslationDraw.Draw(random, count, height, width);
            (input, image) = (draw.Apply(input), draw.Apply(image));
        }

        if (_kinds.HasFlag(DiscriminatorAugmentation.Cutout))
        {
            var draw = CutoutDraw.Draw(random, count, height, width);
            (input, image) = (draw.Apply(input), draw.Apply(image));
        }

        return (input, image);
    }
}

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

/// <summary>A random shift in whole pixels for each image, by up to an eighth of each side (Zhao et al. 2020).</summary>
/// <param name="MaxDown">The maximum vertical shift, up or down.</param>
/// <param name="MaxRight">The maximum horizontal shift, left or right.</param>
/// <param name="Shifts">The shift of each image, down and to the right.</param>
internal readonly record struct TranslationDraw(int MaxDown, int MaxRight, (int Down, int Right)[] Shifts)
{
    private const int Share = 8;

    public static TranslationDraw Draw(Random random, int count, int height, int width)
    {
        var (down, right) = (Most(height), Most(width));
        var shifts = new (int Down, int Right)[count];
        for (var i = 0; i < count; i++)
            shifts[i] = (random.Next(-down, down + 1), random.Next(-right, right + 1));
        return new TranslationDraw(down, right, shifts);
    }

    /// <summary>(N, C, H, W) to the same shape; uncovered pixels are 0, which is gray.</summary>
    public Tensor Apply(Tensor x)
    {
        var (height, width) = (x.shape[2], x.shape[3]);
        var padded = nn.functional.pad(x, (MaxRight, MaxRight, MaxDown, MaxDown)); // (N, C, H + 2 MaxDown, W + 2 MaxRight)
        var shifted = new Tensor[Shifts.Length];
        for (var i = 0; i < shifted.Length; i++)
        {
            var (down, right) = Shifts[i];
            shifted[i] = padded.narrow(0, i, 1).narrow(2, MaxDown - down, height).narrow(3, MaxRight - right, width);
        }

        return cat(shifted, 0);
    }

    private static int Most(int side) => (side + (Share / 2)) / Share;
}

/// <summary>
/// A random cutout for each image: a rectangle half as high and half as wide as the image that is masked (Zhao et al. 2020; DeVries and
/// Taylor 2017). Its center is anywhere in the image, so up to three quarters of the rectangle may be outside.
/// </summary>
/// <param name="Rows">(N, H), 1 inside the rectangle, otherwise 0.</param>
/// <param name="Columns">(N, W), 1 inside the rectangle, otherwise 0.</param>
internal readonly record struct CutoutDraw(float[] Rows, float[] Columns)
{
    public static CutoutDraw Draw(Random random, int count, int height, int width)
    {
        var draw = new CutoutDraw(new float[count * height], new float[count * width]);
        for (var i = 0; i < count; i++)
        {
            Mark(draw.Rows.AsSpan(i * height, height), random);
            Mark(draw.Columns.AsSpan(i * width, width), random);
        }

        return draw;
    }

    /// <summary>(N, C, H, W) to the same shape; the rectangle is 0, which is gray.</summary>
    public Tensor Apply(Tensor x)
    {
        var (count, height, width) = (x.shape[0], x.shape[2], x.shape[3]);
        var rows = tensor(Rows, [count, 1, height, 1], x.dtype).MovedTo(x.device);
        var columns = tensor(Columns, [count, 1, 1, width], x.dtype).MovedTo(x.device);
        return x * (-(rows * columns)).Plus(1); // (N, 1, H, W) of 0 and 1
    }

    // An odd length has one position less for the center: it is a pixel, while the center of an even length is a border between pixels.
    private static void Mark(Span<float> side, Random random)
    {
        var length = (side.Length + 1) / 2;
        var start = random.Next(side.Length + 1 - (length % 2)) - (length / 2);
        side[Math.Max(start, 0)..Math.Min(start + length, side.Length)].Fill(1);
    }
}
