
namespace Pix2Pix.Imaging;

/// <summary>
/// Removes the details of an image to create an input from its target, for training super-resolution. The result is the same bytes on every
/// platform. Pure and thread-safe.
/// </summary>
public static class LowResolution
{
    /// <summary>Shrinks an image with the antialiased cubic kernel and enlarges it to its original size.</summary>
    /// <param name="image">An image of any size and number of channels.</param>
    /// <param name="options">The factor and the kernel for enlarging; the defaults if null.</param>
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
