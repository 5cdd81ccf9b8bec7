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

/// <summary>
/// For each position along one axis of the new image, the source positions that contribute and their fixed-point weights.
/// </summary>
/// <remarks>
/// The conventions are those of Pillow, so that the results match it bit for bit: samples are at pixel centers, the kernel is stretched by
/// the scale when shrinking, windows are cut at the border and normalized afterward, and weights have 22 fractional bits, rounded half away
/// from zero. The double arithmetic before that rounding uses only +, -, * and /, which IEEE 754 defines exactly on every platform.
/// </remarks>
internal sealed class CubicWindows
{
    /// <summary>8 bits for the pixel, 22 for the weight, and 2 bits of headroom for the kernel's overshoot add up to an int.</summary>
    public const int FractionBits = 22;

    private const double KeysA = -0.5;
    private const double KernelSupport = 2.0;

    private readonly int[] _first;
    private readonly int[] _count;
    private readonly int[] _weights; // [position * _stride + tap]
    private readonly int _stride;

    /// <summary>Computes the windows of a whole axis.</summary>
    public CubicWindows(int sourceSize, int targetSize)
        : this(sourceSize, targetSize, 0, targetSize)
    {
    }

    /// <summary>Computes the windows of a part of an axis. Position 0 is the first position of the part.</summary>
    public CubicWindows(int sourceSize, int targetSize, int start, int length)
    {
        double scale = (double)sourceSize / targetSize;
        double stretch = Math.Max(scale, 1.0);
        double support = KernelSupport * stretch;
        _stride = Math.Min((int)Math.Ceiling(support) * 2 + 1, sourceSize);
        _first = new int[length];
        _count = new int[length];
        _weights = new int[checked(length * _stride)];

        double[] window = new double[_stride];
        for (int position = 0; position < length; position++)
        {
            double center = (start + position + 0.5) * scale;
            int first = Math.Max((int)(center - support + 0.5), 0);
            int count = Math.Min((int)(center + support + 0.5), sourceSize) - first;
            double total = 0.0;
            for (int tap = 0; tap < count; tap++)
            {
                window[tap] = Kernel((first + tap - center + 0.5) * (1.0 / stretch));
                total += window[tap];
            }

            for (int tap = 0; tap < count; tap++)
            {
                double weight = window[tap] / total * (1 << FractionBits);
                _weights[position * _stride + tap] = (int)(weight < 0 ? weight - 0.5 : weight + 0.5);
            }

            _first[position] = first;
            _count[position] = count;
        }
    }

    /// <summary>The number of positions.</summary>
    public int Length => _first.Length;

    public int First(int position) => _first[position];

    public ReadOnlySpan<int> Weights(int position) => _weights.AsSpan(position * _stride, _count[position]);

    /// <summary>
    /// The kernel of Keys, "Cubic convolution interpolation for digital image processing", 1981, equation 15 for general a.
    /// </summary>
    private static double Kernel(double x)
    {
        x = Math.Abs(x);
        return x switch
        {
            < 1.0 => ((KeysA + 2.0) * x - (KeysA + 3.0)) * x * x + 1.0,
            < KernelSupport => (((x - 5.0) * x + 8.0) * x - 4.0) * KeysA,
            _ => 0.0,
        };
    }
}
