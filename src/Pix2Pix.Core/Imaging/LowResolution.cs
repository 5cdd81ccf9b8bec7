
namespace Pix2Pix.Imaging;

/// <summary>
/// Takes the details out of an image: an input that is computed from its target, to learn super-resolution. The same bytes on every
/// platform; pure and thread-safe.
/// </summary>
public static class LowResolution
{
    /// <summary>Shrinks an image by the antialiased cubic kernel, and enlarges it to its size.</summary>
    /// <param name="image">Of any size and channels.</param>
    /// <param name="options">How far, and how it is enlarged; the defaults where null.</param>
    /// <returns>A new image of the same size and channels.</returns>
    public static PixelImage Lower(PixelImage image, LowResolutionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        options ??= LowResolutionOptions.Default;
        var small = ImageResizer.Resize(image, Smaller(image.Width, options.Factor), Smaller(image.Height, options.Factor));
        return ImageResizer.Resize(small, image.Width, image.Height, options.Enlarging);
    }

    private static int Smaller(int side, int factor) => Math.Max(1, (int)(((2L * side) + factor) / (2L * factor)));
}
