namespace Pix2Pix;

/// <summary>What happens to images of another size than the model's. Immutable; saved with a model.</summary>
public sealed record SizingOptions
{
    /// <summary>All images come to the model's size.</summary>
    public static SizingOptions Default { get; } = new();

    /// <summary>The way.</summary>
    /// <value>The default is <see cref="ImageSizing.ModelSize"/>.</value>
    public ImageSizing Kind
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Kind), value, $"Kind is {(int)value}; expected a member of ImageSizing.");
    }

    /// <summary>The share of a tile's side that lies over the next tile: there one fades into the other.</summary>
    /// <value>The default is 0.25. From 0.05 to 0.5.</value>
    /// <remarks>Ignored unless <see cref="Kind"/> is <see cref="ImageSizing.Tiles"/>. More of it hides more, and takes longer.</remarks>
    public double TileOverlap
    {
        get;
        init => field = value is >= 0.05 and <= 0.5
            ? value
            : throw new ArgumentOutOfRangeException(nameof(TileOverlap), value, $"TileOverlap is {value}; expected a value from 0.05 to 0.5.");
    } = 0.25;
}
