namespace Pix2Pix.Imaging;

/// <summary>Images that contain a pair: one half is the input, the other the target, as in the data sets of the pix2pix paper.</summary>
public static class SideBySide
{
    /// <summary>Splits an image into its left and right half.</summary>
    /// <param name="image">The image with both halves; its width must be even.</param>
    /// <returns>The left and the right half as two new images of equal size that share no bytes with the given one.</returns>
    /// <exception cref="ArgumentException">The width is odd.</exception>
    public static (PixelImage Left, PixelImage Right) Split(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width % 2 != 0)
        {
            throw new ArgumentException(
                $"The side-by-side image is {image.Width}x{image.Height}; its width must be even, "
                + "because each half is one image of the pair. Save the pair again as two images of equal width next to each other, "
                + "or pass the two images on their own.",
                nameof(image));
        }

        int half = image.Width / 2;
        return (image.Crop(0, 0, half, image.Height), image.Crop(half, 0, half, image.Height));
    }
}
