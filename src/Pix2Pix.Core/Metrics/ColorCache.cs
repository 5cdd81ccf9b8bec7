namespace Pix2Pix.Metrics;

/// <summary>What was last computed of colours: images have few of the 16 million. Thread-safe without locks. 2 MiB.</summary>
internal sealed class ColorCache
{
    private const int LowBits = 63; // neighbours of a colour have places of their own

    private readonly Func<byte, byte, byte, int> _compute;

    // A colour and its value are one number, so that no thread sees the value of another colour.
    private readonly long[] _entries = new long[(LowBits + 1) * (LowBits + 1) * (LowBits + 1)];

    /// <param name="compute">The value of red, green and blue; pure.</param>
    public ColorCache(Func<byte, byte, byte, int> compute) => _compute = compute;

    public int Of(byte red, byte green, byte blue)
    {
        var place = ((red & LowBits) << 12) | ((green & LowBits) << 6) | (blue & LowBits);
        var color = 1L + ((red << 16) | (green << 8) | blue); // never 0, as an empty place is
        var entry = _entries[place];
        if (entry >> 32 == color)
            return (int)entry;
        var value = _compute(red, green, blue);
        _entries[place] = (color << 32) | (uint)value;
        return value;
    }
}
