using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Training.Hints;

/// <summary>How much there is to see in images, as standard deviations in levels of 0 to 255.</summary>
internal static class Variation
{
    /// <summary>Less than this shows nothing.</summary>
    public const double LeastLevels = 2;

    /// <summary>Over the pixels of an image and channel; a mean over images and channels.</summary>
    public static double OverPixels(IReadOnlyList<PixelImage> images) => images.Average(
        image => Enumerable.Range(0, image.Channels).Average(channel => Deviation(image.Pixels.Where((_, i) => i % image.Channels == channel))));

    /// <summary>Over the images; a mean over pixels and channels.</summary>
    public static double OverImages(IReadOnlyList<PixelImage> images)
        => Enumerable.Range(0, images[0].Pixels.Length).Average(i => Deviation(images.Select(image => image.Pixels[i])));

    private static double Deviation(IEnumerable<byte> values)
    {
        var (count, sum, squares) = (0, 0L, 0L);
        foreach (var value in values)
            (count, sum, squares) = (count + 1, sum + value, squares + (value * value));
        var mean = (double)sum / count;
        return Math.Sqrt(Math.Max(0, ((double)squares / count) - (mean * mean)));
    }
}
