namespace Pix2Pix.Imaging;

/// <summary>
/// Where the pixels of a view stand in an image: pixel (x, y) of the view is pixel Start + Down * y + Right * x of the image, counted row
/// by row. Crops, mirror images and right angles are such paths; host and device follow the same ones.
/// </summary>
internal readonly record struct PixelStride(int Start, int Down, int Right)
{
    /// <summary>The part of an image that begins at a corner.</summary>
    public static PixelStride Crop(int imageWidth, int left, int top) => new((top * imageWidth) + left, imageWidth, 1);

    /// <summary>The view of this width, left to right.</summary>
    public PixelStride Mirrored(int width) => new(Start + (Right * (width - 1)), Down, -Right);

    /// <summary>The square view of this side, turned counterclockwise by 90 degrees: its last column is the first row.</summary>
    public PixelStride Turned(int side) => new(Start + (Right * (side - 1)), -Right, Down);
}
