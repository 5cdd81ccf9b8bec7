using System.ComponentModel;
using System.Drawing;

namespace Pix2Pix.Imaging;

/// <summary>Resizes and crops images. The result is the same bytes on every platform.</summary>
/// <remarks>
/// All methods are pure and thread-safe. The given image is not changed, and the result is always a new image that shares no bytes with it.
/// The cubic kernel reproduces <c>Image.resize(..., Image.BICUBIC)</c> of the Python library Pillow bit for bit.
/// </remarks>
internal static class ImageResizer
{
    /// <summary>Resizes an image. The aspect ratio may change. If the size is unchanged, the result is a copy.</summary>
    /// <param name="image">The image to read.</param>
    /// <param name="width">The new width in pixels, at least 1.</param>
    /// <param name="height">The new height in pixels, at least 1.</param>
    /// <param name="kernel">The interpolation kernel.</param>
    /// <returns>A new image of the given size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the image would exceed the maximum array length.</exception>
    /// <exception cref="InvalidEnumArgumentException">The kernel is not a defined value.</exception>
    public static PixelImage Resize(PixelImage image, int width, int height, ResizeKernel kernel = ResizeKernel.Cubic)
    {
        ArgumentNullException.ThrowIfNull(image);
        PixelImage.CheckSize(width, height, image.Channels);
        return kernel switch
        {
            ResizeKernel.Nearest => Nearest(image, width, height, new Rectangle(0, 0, width, height)),
            ResizeKernel.Cubic => Cubic(image, width, height),
            _ => throw new InvalidEnumArgumentException(nameof(kernel), (int)kernel, typeof(ResizeKernel)),
        };
    }

    /// <summary>Returns the same pixels as <see cref="Resize"/> for a part of the new image, without computing the others.</summary>
    /// <param name="image">The image to read.</param>
    /// <param name="width">The width of the whole new image in pixels, at least 1.</param>
    /// <param name="height">The height of the whole new image in pixels, at least 1.</param>
    /// <param name="part">The part to compute, inside the new image.</param>
    /// <param name="kernel">The interpolation kernel.</param>
    internal static PixelImage ResizePart(PixelImage image, int width, int height, Rectangle part, ResizeKernel kernel)
        => kernel == ResizeKernel.Nearest ? Nearest(image, width, height, part) : CubicPart(image, width, height, part);

    /// <summary>
    /// Crops the largest centered part with the aspect ratio of <paramref name="width"/> to <paramref name="height"/>. Followed by
    /// <see cref="Resize"/>, this is the same as resizing until the image covers the target size and cutting off the excess evenly.
    /// </summary>
    /// <param name="image">The image to read.</param>
    /// <param name="width">The target width in any unit, at least 1. Only its ratio to the height matters.</param>
    /// <param name="height">The target height in the same unit, at least 1.</param>
    /// <returns>
    /// A new image with the full width or the full height of the given one. The other side is rounded to whole pixels. If the excess is
    /// odd, the extra pixel is removed at the right or at the bottom.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The width or the height is below 1.</exception>
    public static PixelImage CropToAspect(PixelImage image, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        bool tooWide = (long)image.Width * height > (long)image.Height * width;
        int cropWidth = tooWide ? Scaled(image.Height, width, height) : image.Width;
        int cropHeight = tooWide ? image.Height : Scaled(image.Width, height, width);
        return image.Crop((image.Width - cropWidth) / 2, (image.Height - cropHeight) / 2, cropWidth, cropHeight);
    }

    /// <summary>Returns value * numerator / denominator, rounded half up, at least 1.</summary>
    private static int Scaled(int value, int numerator, int denominator) =>
        (int)Math.Max((2L * value * numerator + denominator) / (2L * denominator), 1);

    private static PixelImage Cubic(PixelImage image, int width, int height)
    {
        // A pass that does not change the size would be the identity.
        PixelImage narrowed = width == image.Width ? image : CubicPass.Horizontal(image, width);
        PixelImage resized = height == image.Height ? narrowed : CubicPass.Vertical(narrowed, height);
        return resized == image ? image.Crop(0, 0, width, height) : resized;
    }

    // Only the source rows within the windows of the part are resized horizontally.
    private static PixelImage CubicPart(PixelImage image, int width, int height, Rectangle part)
    {
        var columns = new CubicWindows(image.Width, width, part.X, part.Width);
        var rows = new CubicWindows(image.Height, height, part.Y, part.Height);
        int top = rows.First(0);
        int bottom = rows.First(part.Height - 1) + rows.Weights(part.Height - 1).Length;
        return CubicPass.Vertical(CubicPass.Horizontal(image, columns, top, bottom - top), rows, top);
    }

    private static PixelImage Nearest(PixelImage image, int width, int height, Rectangle part)
    {
        var result = new PixelImage(part.Width, part.Height, image.Channels);
        int at = 0;
        for (int y = part.Top; y < part.Bottom; y++)
        {
            int row = CentreOf(y, image.Height, height) * image.Width;
            for (int x = part.Left; x < part.Right; x++, at += image.Channels)
            {
                int from = image.Channels * (row + CentreOf(x, image.Width, width));
                image.Pixels.AsSpan(from, image.Channels).CopyTo(result.Pixels.AsSpan(at));
            }
        }

        return result;
    }

    /// <summary>
    /// Returns the source position just below the center of a target position: floor((position + 1/2) * source / target), or one less if
    /// that quotient is an integer.
    /// </summary>
    private static int CentreOf(int position, int sourceSize, int targetSize) =>
        (int)(((2L * position + 1) * sourceSize - 1) / (2L * targetSize));
}

/// <summary>
/// Removes the details of an image to create an input from its target, for training super-resolution. The result is the same bytes on every
/// platform. Pure and thread-safe.
/// </summary>
internal static class LowResolution
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
