using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

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
