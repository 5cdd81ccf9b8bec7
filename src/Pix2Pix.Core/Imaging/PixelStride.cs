namespace Pix2Pix.Imaging;

/// <summary>
/// Maps the pixels of a view to an image: pixel (x, y) of the view is pixel Start + Down * y + Right * x of the image, counted row by row.
/// Crops, mirroring and right-angle rotations have this form. The host and the device use the same mapping.
/// </summary>
internal readonly record struct PixelStride(int Start, int Down, int Right)
{
    /// <summary>Returns the part of an image that starts at the given corner.</summary>
    public static PixelStride Crop(int imageWidth, int left, int top) => new((top * imageWidth) + left, imageWidth, 1);

    /// <summary>Returns the view of this width, mirrored horizontally.</summary>
    public PixelStride Mirrored(int width) => new(Start + (Right * (width - 1)), Down, -Right);

    /// <summary>
    /// Returns the square view of this side, rotated counterclockwise by 90 degrees: its last column becomes the first row.
    /// </summary>
    public PixelStride Turned(int side) => new(Start + (Right * (side - 1)), -Right, Down);
}
