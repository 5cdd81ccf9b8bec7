namespace Pix2Pix.Metrics;

/// <summary>Caches values computed from colors: images use few of the 16 million colors. Thread-safe without locks. Uses 2 MiB.</summary>
internal sealed class ColorCache
{
    private const int LowBits = 63; // similar colors have different slots

    private readonly Func<byte, byte, byte, int> _compute;

    // A color and its value are stored as one number, so that no thread reads the value of another color.
    private readonly long[] _entries = new long[(LowBits + 1) * (LowBits + 1) * (LowBits + 1)];

    /// <param name="compute">Computes the value of red, green and blue. Must be pure.</param>
    public ColorCache(Func<byte, byte, byte, int> compute) => _compute = compute;

    public int Of(byte red, byte green, byte blue)
    {
        var place = ((red & LowBits) << 12) | ((green & LowBits) << 6) | (blue & LowBits);
        var color = 1L + ((red << 16) | (green << 8) | blue); // never 0, which marks an empty slot
        var entry = _entries[place];
        if (entry >> 32 == color)
            return (int)entry;
        var value = _compute(red, green, blue);
        _entries[place] = (color << 32) | (uint)value;
        return value;
    }
}
