using System.Numerics;
using Pix2Pix.Imaging;

namespace DrawnData.Painting;

/// <summary>Pictures from functions of a place: x to the right and y down, 0 to 1 each.</summary>
internal static class Canvas
{
    private const int PointsPerSide = 3;

    /// <summary>A photograph: each pixel is the mean of 3x3 points.</summary>
    public static PixelImage Photograph(int size, Func<float, float, Vector3> color) => Fill(size, size, (x, y) =>
    {
        Vector3 sum = Vector3.Zero;
        for (int part = 0; part < PointsPerSide * PointsPerSide; part++)
        {
            float across = x + (((part % PointsPerSide) + 0.5f) / PointsPerSide);
            float down = y + (((part / PointsPerSide) + 0.5f) / PointsPerSide);
            sum += Vector3.Clamp(color(across / size, down / size), Vector3.Zero, Vector3.One);
        }

        return sum / (PointsPerSide * PointsPerSide);
    });

    /// <summary>A map: each pixel has the color of its middle, so that no color is mixed.</summary>
    public static PixelImage Flat(int size, Func<float, float, Vector3> color) => Flat(size, size, size, color);

    /// <summary>A map of any size, on which 1 is <paramref name="scale"/> pixels.</summary>
    public static PixelImage Flat(int width, int height, int scale, Func<float, float, Vector3> color)
        => Fill(width, height, (x, y) => color((x + 0.5f) / scale, (y + 0.5f) / scale));

    private static PixelImage Fill(int width, int height, Func<int, int, Vector3> color)
    {
        var image = new PixelImage(width, height);
        for (int i = 0; i < width * height; i++)
        {
            Vector3 levels = 255 * color(i % width, i / width);
            (image.Pixels[3 * i], image.Pixels[(3 * i) + 1], image.Pixels[(3 * i) + 2]) =
                ((byte)MathF.Round(levels.X), (byte)MathF.Round(levels.Y), (byte)MathF.Round(levels.Z));
        }

        return image;
    }
}
