using Pix2Pix.Imaging;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>How much there is to see in images, as standard deviations in levels of 0 to 255.</summary>
internal static class Variation
{
    /// <summary>Less than this shows nothing.</summary>
    public const double LeastLevels = 2;

    /// <summary>Over the pixels of an image and channel; a mean over images and channels.</summary>
    public static double OverPixels(IReadOnlyList<PixelImage> images)
        => images.Average(image => Enumerable.Range(0, image.Channels).Average(channel => OverPixels(image, channel)));

    /// <summary>Over the images; a mean over pixels and channels.</summary>
    public static double OverImages(IReadOnlyList<PixelImage> images)
    {
        var sum = 0.0;
        for (var i = 0; i < images[0].Pixels.Length; i++)
        {
            var levels = default(Levels);
            for (var image = 0; image < images.Count; image++)
                levels.Add(images[image].Pixels[i]);
            sum += levels.Deviation;
        }

        return sum / images[0].Pixels.Length;
    }

    private static double OverPixels(PixelImage image, int channel)
    {
        var levels = default(Levels);
        for (var i = channel; i < image.Pixels.Length; i += image.Channels)
            levels.Add(image.Pixels[i]);
        return levels.Deviation;
    }

    private struct Levels
    {
        private long _count;
        private long _sum;
        private long _squares;

        public readonly double Deviation
        {
            get
            {
                var mean = (double)_sum / _count;
                return Math.Sqrt(Math.Max(0, ((double)_squares / _count) - (mean * mean)));
            }
        }

        public void Add(byte level)
        {
            _count++;
            _sum += level;
            _squares += level * level;
        }
    }
}
