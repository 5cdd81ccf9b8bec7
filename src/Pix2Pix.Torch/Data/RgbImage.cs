namespace Pix2Pix.Torch.Data;

/// <summary>
/// A colour image of 8 bits per channel in memory, without any tie to an image library.
/// </summary>
/// <remarks>
/// Pixels run row by row from the top left, three bytes each in the order red, green, blue, without padding between rows. The size
/// is fixed; the bytes may be written through <see cref="Pixels"/>. Reading from several threads is safe while nobody writes.
/// </remarks>
public sealed class RgbImage
{
    /// <summary>The bytes per pixel: red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>Creates a black image.</summary>
    /// <param name="width">The width in pixels, at least 1.</param>
    /// <param name="height">The height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the image would exceed the largest array.</exception>
    public RgbImage(int width, int height)
        : this(width, height, new byte[ByteCount(width, height)])
    {
    }

    /// <summary>Wraps pixels. The array is not copied: from here on it belongs to the image.</summary>
    /// <param name="width">The width in pixels, at least 1.</param>
    /// <param name="height">The height in pixels, at least 1.</param>
    /// <param name="pixels">The bytes, 3 * width * height of them, as red, green, blue, row by row from the top left.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the image would exceed the largest array.</exception>
    /// <exception cref="ArgumentException">The number of bytes is not 3 * width * height.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        int expected = ByteCount(width, height);
        if (pixels.Length != expected)
        {
            throw new ArgumentException(
                $"A {width}x{height} RGB image needs {expected} bytes (3 * width * height), but the array holds {pixels.Length}. "
                + "Pass interleaved red, green, blue bytes without row padding and without alpha.",
                nameof(pixels));
        }

        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>The width in pixels, at least 1.</summary>
    public int Width { get; }

    /// <summary>The height in pixels, at least 1.</summary>
    public int Height { get; }

    /// <summary>The image's own bytes: the pixel at (x, y) begins at 3 * (y * Width + x), in the order red, green, blue.</summary>
    public byte[] Pixels { get; }

    /// <summary>Copies a rectangle into an image of its own.</summary>
    /// <param name="x">The first column, 0 at the left.</param>
    /// <param name="y">The first row, 0 at the top.</param>
    /// <param name="width">The width of the rectangle in pixels, at least 1.</param>
    /// <param name="height">The height of the rectangle in pixels, at least 1.</param>
    /// <returns>A new image that shares no bytes with this one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the rectangle reaches outside of the image.</exception>
    public RgbImage Crop(int x, int y, int width, int height)
    {
        // Sums in long, so that a huge offset cannot wrap around and pass.
        bool inside = x >= 0 && y >= 0 && width >= 1 && height >= 1 && (long)x + width <= Width && (long)y + height <= Height;
        if (!inside)
        {
            throw new ArgumentOutOfRangeException(
                paramName: null,
                $"The crop of {width}x{height} at ({x}, {y}) does not lie inside the {Width}x{Height} image. "
                + "Choose a rectangle of at least 1x1 that ends within the image.");
        }

        var crop = new RgbImage(width, height);
        int rowBytes = Channels * width;
        for (int row = 0; row < height; row++)
        {
            Pixels.AsSpan(Channels * ((y + row) * Width + x), rowBytes).CopyTo(crop.Pixels.AsSpan(row * rowBytes));
        }

        return crop;
    }

    internal static void CheckSize(int width, int height)
    {
        if (width < 1 || height < 1 || (long)width * height > Array.MaxLength / Channels)
        {
            throw new ArgumentOutOfRangeException(
                paramName: null,
                $"An image of {width}x{height} is not possible: both sides must be at least 1, "
                + $"and 3 * width * height at most {Array.MaxLength}.");
        }
    }

    private static int ByteCount(int width, int height)
    {
        CheckSize(width, height);
        return Channels * width * height;
    }
}
