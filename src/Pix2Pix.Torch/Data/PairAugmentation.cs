namespace Pix2Pix.Torch.Data;

/// <summary>One draw for both images of a pair: the corner of the crop, and whether it is mirrored left to right.</summary>
internal readonly record struct PairAugmentation(int Left, int Top, bool Mirror)
{
    /// <summary>Draws for images that are larger than the crop by the given spare pixels.</summary>
    public static PairAugmentation Draw(Random random, int spareWidth, int spareHeight, bool mirror)
        => new(random.Next(spareWidth + 1), random.Next(spareHeight + 1), mirror && random.Next(2) == 1);

    /// <summary>
    /// Writes the crop of an image as planes of [-1, 1], value / 127.5 - 1: a plane of <paramref name="height"/> x <paramref name="width"/>
    /// for each channel.
    /// </summary>
    public void Write(PixelImage image, int width, int height, Span<float> planes)
    {
        var (plane, channels) = (width * height, image.Channels);
        for (var y = 0; y < height; y++)
        {
            var source = image.Pixels.AsSpan((((Top + y) * image.Width) + Left) * channels, width * channels);
            var row = planes.Slice(y * width);
            for (var x = 0; x < width; x++)
            {
                var pixel = source.Slice((Mirror ? width - 1 - x : x) * channels, channels);
                for (var channel = 0; channel < channels; channel++)
                    row[(channel * plane) + x] = Scale[pixel[channel]];
            }
        }
    }

    private static readonly float[] Scale = [.. Enumerable.Range(0, 256).Select(level => (level / 127.5f) - 1)];
}
