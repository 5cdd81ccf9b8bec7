using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Pix2Pix.Imaging;

/// <summary>
/// The two passes of a separable resize, with integer arithmetic only, so that the sums are the same for any vector width.
/// </summary>
internal static class CubicPass
{
    private const int Half = 1 << (CubicWindows.FractionBits - 1);
    private const int Lanes = 4; // one for each channel; some may be unused

    /// <summary>Resizes each row to <paramref name="width"/> pixels.</summary>
    public static PixelImage Horizontal(PixelImage image, int width)
        => Horizontal(image, new CubicWindows(image.Width, width), 0, image.Height);

    /// <summary>Resizes the rows starting at <paramref name="top"/>.</summary>
    public static PixelImage Horizontal(PixelImage image, CubicWindows windows, int top, int height)
    {
        int width = windows.Length;
        var result = new PixelImage(width, height, image.Channels);
        int[] row = new int[Lanes * image.Width];
        int at = 0;
        for (int y = top; y < top + height; y++)
        {
            Spread(image.Pixels.AsSpan(image.Channels * image.Width * y, image.Channels * image.Width), row, image.Channels);
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<int> taps = row.AsSpan(Lanes * windows.First(x));
                Vector128<int> sum = Vector128.Create(Half);
                foreach (int weight in windows.Weights(x))
                {
                    sum += Vector128.Create(taps) * weight;
                    taps = taps[Lanes..];
                }

                sum = Vector128.Clamp(sum >> CubicWindows.FractionBits, Vector128<int>.Zero, Vector128.Create(255));
                for (int channel = 0; channel < image.Channels; channel++)
                    result.Pixels[at++] = (byte)sum[channel];
            }
        }

        return result;
    }

    /// <summary>Resizes each column to <paramref name="height"/> pixels.</summary>
    public static PixelImage Vertical(PixelImage image, int height) => Vertical(image, new CubicWindows(image.Height, height), 0);

    /// <summary>Resizes the columns of an image that does not contain the rows above <paramref name="top"/>.</summary>
    public static PixelImage Vertical(PixelImage image, CubicWindows windows, int top)
    {
        int height = windows.Length;
        var result = new PixelImage(image.Width, height, image.Channels);
        int rowBytes = image.Channels * image.Width;
        var (sums, taps) = (new int[rowBytes], new int[rowBytes]);
        for (int y = 0; y < height; y++)
        {
            Array.Fill(sums, Half);
            int from = (windows.First(y) - top) * rowBytes;
            foreach (int weight in windows.Weights(y))
            {
                TensorPrimitives.ConvertTruncating<byte, int>(image.Pixels.AsSpan(from, rowBytes), taps);
                TensorPrimitives.MultiplyAdd(taps, weight, sums, sums);
                from += rowBytes;
            }

            Span<byte> row = result.Pixels.AsSpan(y * rowBytes, rowBytes);
            for (int i = 0; i < sums.Length; i++)
            {
                row[i] = (byte)Math.Clamp(sums[i] >> CubicWindows.FractionBits, 0, 255);
            }
        }

        return result;
    }

    private static void Spread(ReadOnlySpan<byte> pixels, int[] lanes, int channels)
    {
        for (int from = 0, to = 0; from < pixels.Length; from += channels, to += Lanes)
        {
            for (int channel = 0; channel < channels; channel++)
                lanes[to + channel] = pixels[from + channel];
        }
    }
}
