namespace Pix2Pix.Imaging;

/// <summary>An in-memory image with 8 bits per channel, independent of any image library.</summary>
/// <remarks>
/// Pixels are stored row by row from the top left, one byte per channel, in the order of <see cref="ImageChannels"/> (red, green, blue,
/// alpha), without padding between rows. The size is fixed; the bytes can be changed through <see cref="Pixels"/>. Concurrent reads are
/// safe as long as no thread writes.
/// </remarks>
public sealed class PixelImage
{
    /// <summary>The number of channels of a color image: red, green, blue.</summary>
    public const int Rgb = 3;

    private const int MaxChannels = 4;

    /// <summary>Creates a black RGB image.</summary>
    /// <param name="width">The width in pixels, at least 1.</param>
    /// <param name="height">The height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the image would exceed the maximum array length.</exception>
    public PixelImage(int width, int height)
        : this(width, height, Rgb)
    {
    }

    /// <summary>Creates an image in which all bytes are zero.</summary>
    /// <param name="width">The width in pixels, at least 1.</param>
    /// <param name="height">The height in pixels, at least 1.</param>
    /// <param name="channels">The number of bytes per pixel, 1 to 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A side is below 1, the number of channels is not 1 to 4, or the image would exceed the maximum array length.
    /// </exception>
    public PixelImage(int width, int height, int channels)
        : this(width, height, new byte[ByteCount(width, height, channels)], channels)
    {
    }

    /// <summary>Creates an image from existing pixels. The array is not copied; the image takes ownership of it.</summary>
    /// <param name="width">The width in pixels, at least 1.</param>
    /// <param name="height">The height in pixels, at least 1.</param>
    /// <param name="pixels">The bytes, row by row from the top left; channels * width * height in number.</param>
    /// <param name="channels">The number of bytes per pixel, 1 to 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A side is below 1, the number of channels is not 1 to 4, or the image would exceed the maximum array length.
    /// </exception>
    /// <exception cref="ArgumentException">The number of bytes is not channels * width * height.</exception>
    public PixelImage(int width, int height, byte[] pixels, int channels = Rgb)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        int expected = ByteCount(width, height, channels);
        if (pixels.Length != expected)
        {
            throw new ArgumentException(
                $"A {width}x{height} image with {Pluralize.Of(channels, "channel")} needs {expected} bytes (channels * width * height), "
                + $"but the array has {pixels.Length}. Pass interleaved bytes without row padding.",
                nameof(pixels));
        }

        Width = width;
        Height = height;
        Channels = channels;
        Pixels = pixels;
    }

    /// <summary>The width in pixels, at least 1.</summary>
    public int Width { get; }

    /// <summary>The height in pixels, at least 1.</summary>
    public int Height { get; }

    /// <summary>The number of bytes per pixel, 1 to 4.</summary>
    public int Channels { get; }

    /// <summary>The bytes of the image, not a copy. The pixel at (x, y) starts at Channels * (y * Width + x).</summary>
    public byte[] Pixels { get; }

    /// <summary>Copies a rectangle into a new image.</summary>
    /// <param name="x">The first column; 0 is the left edge.</param>
    /// <param name="y">The first row; 0 is the top edge.</param>
    /// <param name="width">The width of the rectangle in pixels, at least 1.</param>
    /// <param name="height">The height of the rectangle in pixels, at least 1.</param>
    /// <returns>A new image that shares no bytes with this one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the rectangle extends beyond the image.</exception>
    public PixelImage Crop(int x, int y, int width, int height)
    {
        // The sums are computed as long, so that a huge offset cannot overflow and pass the check.
        bool inside = x >= 0 && y >= 0 && width >= 1 && height >= 1 && (long)x + width <= Width && (long)y + height <= Height;
        if (!inside)
        {
            throw new ArgumentOutOfRangeException(
                paramName: null,
                $"The crop of {width}x{height} at ({x}, {y}) does not lie inside the {Width}x{Height} image. "
                + "Choose a rectangle of at least 1x1 that ends within the image.");
        }

        var crop = new PixelImage(width, height, Channels);
        int rowBytes = Channels * width;
        for (int row = 0; row < height; row++)
        {
            Pixels.AsSpan(Channels * ((y + row) * Width + x), rowBytes).CopyTo(crop.Pixels.AsSpan(row * rowBytes));
        }

        return crop;
    }

    internal static void CheckSize(int width, int height, int channels = Rgb)
    {
        if (channels is < 1 or > MaxChannels)
        {
            throw new ArgumentOutOfRangeException(
                nameof(channels), channels, $"The image has {channels} channels; expected 1 to {MaxChannels}.");
        }

        if (width < 1 || height < 1 || (long)width * height > Array.MaxLength / channels)
        {
            throw new ArgumentOutOfRangeException(
                paramName: null,
                $"The image size is {width}x{height}; expected sides of at least 1, and {channels} * width * height at most "
                + $"{Array.MaxLength}.");
        }
    }

    private static int ByteCount(int width, int height, int channels)
    {
        CheckSize(width, height, channels);
        return channels * width * height;
    }
}
