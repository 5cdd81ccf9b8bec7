namespace Pix2Pix;

/// <summary>How images of another size than the model's are handled. Immutable; saved with a model.</summary>
public sealed record SizingOptions
{
    /// <summary>Resizes all images to the model's size.</summary>
    public static SizingOptions Default { get; } = new();

    /// <summary>The sizing method.</summary>
    /// <value>The default is <see cref="ImageSizing.ModelSize"/>.</value>
    public ImageSizing Kind { get; init => field = Guard.Defined(value); }

    /// <summary>The fraction of a tile's side that overlaps the next tile. The tiles are blended there.</summary>
    /// <value>The default is 0.25. From 0.05 to 0.5.</value>
    /// <remarks>
    /// Ignored unless <see cref="Kind"/> is <see cref="ImageSizing.Tiles"/>. A larger overlap hides seams better and takes longer.
    /// </remarks>
    public double TileOverlap { get; init => field = Guard.InRange(value, 0.05, 0.5); } = 0.25;
}
