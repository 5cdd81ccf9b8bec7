namespace Pix2Pix;

/// <summary>What an image file may contain, checked before it is decoded.</summary>
/// <param name="MaxPixels">The maximum number of pixels.</param>
/// <param name="MaxFileLength">The maximum length of the file in bytes.</param>
internal sealed record ImageLimits(long MaxPixels, long MaxFileLength)
{
    /// <summary>The largest limit of pixels: one gibibyte when decoded.</summary>
    public const long MostPixels = 1 << 28;

    /// <summary>The default of <see cref="MaxPixels"/>: half a gibibyte when decoded.</summary>
    public const long DefaultPixels = 1 << 27;

    /// <summary>The default of <see cref="MaxFileLength"/>.</summary>
    public const long DefaultLength = 1 << 29;

    /// <summary>The default limits.</summary>
    public static ImageLimits Default { get; } = new(DefaultPixels, DefaultLength);
}
