
namespace Pix2Pix;

/// <summary>How details are removed from an image. Immutable.</summary>
public sealed record LowResolutionOptions
{
    /// <summary>Reduces each side by a factor of four.</summary>
    public static LowResolutionOptions Default { get; } = new();

    /// <summary>The factor by which each side is reduced. Sides are rounded to whole pixels, at least one.</summary>
    /// <value>The default is 4. From 1 to 64.</value>
    public int Factor { get; init => field = Guard.InRange(value, 1, 64); } = 4;

    /// <summary>How the small image is enlarged: smoothly, or in blocks of one color.</summary>
    /// <value>The default is <see cref="ResizeKernel.Cubic"/>.</value>
    public ResizeKernel Enlarging { get; init => field = Guard.Defined(value); } = ResizeKernel.Cubic;
}
