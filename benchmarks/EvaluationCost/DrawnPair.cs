using Microsoft.ML.Data;
using Pix2Pix;
using Pix2Pix.Imaging;

namespace EvaluationCost;

/// <summary>A smooth image and a noisy copy of it.</summary>
internal sealed class DrawnPair
{
    public DrawnPair(int size, int seed)
    {
        Random random = new(seed);
        double[] waves = [.. Enumerable.Range(0, 6).Select(_ => 2 + 10 * random.NextDouble())];
        (Output, Target) = (new PixelImage(size, size), new PixelImage(size, size));
        for (int i = 0; i < Target.Pixels.Length; i++)
        {
            (int x, int y, int channel) = (i / 3 % size, i / 3 / size, i % 3);
            double level = 128 + 60 * Math.Sin(waves[channel] * x / size) + 50 * Math.Cos(waves[3 + channel] * y / size);
            Target.Pixels[i] = (byte)level;
            Output.Pixels[i] = (byte)Math.Clamp(level + random.Next(-15, 16), 0, 255);
        }
    }

    public PixelImage Output { get; }

    public PixelImage Target { get; }

    public static MLImage Image(PixelImage image) => MLImage.CreateFromPixels(
        image.Width, image.Height, MLPixelFormat.Rgba32, ChannelConversion.ToChannels(image, ImageChannels.Rgba).Pixels);
}
