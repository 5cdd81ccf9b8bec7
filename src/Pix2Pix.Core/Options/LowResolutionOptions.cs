
namespace Pix2Pix;

/// <summary>How details are taken out of an image. Immutable.</summary>
public sealed record LowResolutionOptions
{
    /// <summary>Four pixels a side become one.</summary>
    public static LowResolutionOptions Default { get; } = new();

    /// <summary>How many pixels a side become one. Sides are rounded to whole pixels, at least one.</summary>
    /// <value>The default is 4. From 1 to 64.</value>
    public int Factor { get; init => field = Guard.InRange(value, 1, 64); } = 4;

    /// <summary>How the small image is enlarged: smooth, or in blocks of one colour.</summary>
    /// <value>The default is <see cref="ResizeKernel.Cubic"/>.</value>
    public ResizeKernel Enlarging { get; init => field = Guard.Defined(value); } = ResizeKernel.Cubic;
}
