using SkiaSharp;

namespace Pix2Pix.ML.Data;

/// <summary>Rotates and mirrors pixels according to the EXIF orientation of their file (CIPA DC-008, tag 0x0112).</summary>
internal static class ImageOrientation
{
    /// <summary>Whether width and height are swapped between the stored and the upright image.</summary>
    public static bool IsTurned(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>Copies pixels to their upright position.</summary>
    /// <param name="stored">The pixels as stored, row by row.</param>
    /// <param name="width">The width as stored.</param>
    /// <param name="origin">The position of the first row and first column of the stored pixels in the upright image.</param>
    /// <param name="upright">The destination, with the same number of pixels.</param>
    public static void Turn(ReadOnlySpan<uint> stored, int width, SKEncodedOrigin origin, Span<uint> upright)
    {
        var height = stored.Length / width;
        // The steps in the stored pixels for one pixel right and one pixel down in the upright image, and the starting offset.
        var (right, down, start) = origin switch
        {
            SKEncodedOrigin.TopRight => (-1, width, width - 1),
            SKEncodedOrigin.BottomRight => (-1, -width, stored.Length - 1),
            SKEncodedOrigin.BottomLeft => (1, -width, stored.Length - width),
            SKEncodedOrigin.LeftTop => (width, 1, 0),
            SKEncodedOrigin.RightTop => (-width, 1, stored.Length - width),
            SKEncodedOrigin.RightBottom => (-width, -1, stored.Length - 1),
            SKEncodedOrigin.LeftBottom => (width, -1, width - 1),
            _ => (1, width, 0),
        };
        var columns = IsTurned(origin) ? height : width;
        for (var i = 0; i < upright.Length; i++)
            upright[i] = stored[start + (i % columns * right) + (i / columns * down)];
    }
}
