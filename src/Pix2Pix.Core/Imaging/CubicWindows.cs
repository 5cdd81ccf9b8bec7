namespace Pix2Pix.Imaging;

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
