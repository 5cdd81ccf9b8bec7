namespace Pix2Pix.Metrics;

/// <summary>The colour in which label maps paint a label.</summary>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
/// <param name="Label">What the label is called; null: as its colour is.</param>
public readonly record struct LabelColor(byte Red, byte Green, byte Blue, string? Label = null)
{
    /// <summary>The label, or its colour as "#RRGGBB".</summary>
    public override string ToString() => Label ?? $"#{Red:X2}{Green:X2}{Blue:X2}";

    /// <summary>The square of the distance in red, green and blue.</summary>
    internal int SquaredDistance(int red, int green, int blue)
    {
        var (dr, dg, db) = (Red - red, Green - green, Blue - blue);
        return dr * dr + dg * dg + db * db;
    }
}
