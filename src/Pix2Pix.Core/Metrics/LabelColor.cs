namespace Pix2Pix.Metrics;

/// <summary>The color of a label in label maps.</summary>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
/// <param name="Label">The name of the label; if null, the color is used.</param>
public readonly record struct LabelColor(byte Red, byte Green, byte Blue, string? Label = null)
{
    /// <summary>Returns the label's name, or its color as "#RRGGBB".</summary>
    public override string ToString() => Label ?? $"#{Red:X2}{Green:X2}{Blue:X2}";

    /// <summary>Returns the squared Euclidean distance in red, green and blue.</summary>
    internal int SquaredDistance(int red, int green, int blue)
    {
        var (dr, dg, db) = (Red - red, Green - green, Blue - blue);
        return dr * dr + dg * dg + db * db;
    }
}
