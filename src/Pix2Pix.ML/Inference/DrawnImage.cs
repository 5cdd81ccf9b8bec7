using Pix2Pix.Imaging;

namespace Pix2Pix.ML.Inference;

/// <summary>Synthetic images for comparing models: colors that change slowly, with noise.</summary>
internal static class DrawnImage
{
    private const int Channels = 4;
    private const double Noise = 40; // levels, for each index

    /// <summary>Draws an RGBA image. The same index gives the same image; the higher the index, the more noise.</summary>
    public static PixelImage Draw(int width, int height, int index)
    {
        var random = new Random(index);
        var image = new PixelImage(width, height, new byte[width * height * Channels], Channels);
        for (var pixel = 0; pixel < width * height; pixel++)
        {
            var (x, y) = ((double)(pixel % width) / width, (double)(pixel / width) / height);
            for (var channel = 0; channel < Channels; channel++)
            {
                var wave = Math.Sin((x * (channel + 1) * 4) + (y * (index + 1) * 3) + channel);
                var level = 127.5 + (100 * wave) + (Noise * index * (random.NextDouble() - 0.5));
                image.Pixels[(pixel * Channels) + Channels - 1 - channel] = (byte)Math.Clamp(level, 0, 255);
            }
        }

        return image;
    }
}
