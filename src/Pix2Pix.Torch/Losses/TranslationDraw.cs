using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

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
