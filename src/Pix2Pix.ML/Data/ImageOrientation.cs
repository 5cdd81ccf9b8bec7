using SkiaSharp;

namespace Pix2Pix.ML.Data;

/// <summary>Turns and mirrors pixels as the EXIF orientation of their file says (CIPA DC-008, tag 0x0112).</summary>
internal static class ImageOrientation
{
    /// <summary>Whether an upright image's width is the height of the stored one.</summary>
    public static bool IsTurned(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>Copies pixels upright.</summary>
    /// <param name="stored">The pixels as stored, row by row.</param>
    /// <param name="width">The width as stored.</param>
    /// <param name="origin">Where the first row and the first column of the stored pixels belong.</param>
    /// <param name="upright">As many pixels.</param>
    public static void Turn(ReadOnlySpan<uint> stored, int width, SKEncodedOrigin origin, Span<uint> upright)
    {
        var height = stored.Length / width;
        // Steps in the stored pixels of one to the right and one down in the upright image, and where these begin.
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
