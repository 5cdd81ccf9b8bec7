using System.IO.Hashing;

namespace Pix2Pix.Imaging;

/// <summary>
/// Blanks blocks of an image to create an input from its target, for training inpainting. The result is the same bytes on every platform.
/// Pure and thread-safe.
/// </summary>
internal static class Blanking
{
    private const int Alpha = 3;

    /// <summary>Returns an image with blanked blocks.</summary>
    /// <param name="image">An image of any size and number of channels. The fourth channel is alpha and is not changed.</param>
    /// <param name="options">The options; the defaults if null.</param>
    /// <returns>A new image of the same size and channels.</returns>
    public static PixelImage Blank(PixelImage image, BlankOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        options ??= BlankOptions.Default;
        var blanked = image.Crop(0, 0, image.Width, image.Height);
        var (width, height) = (Side(image.Width, options.Size), Side(image.Height, options.Size));
        var (right, bottom) = (image.Width - width, image.Height - height);
        if (options.RandomBlocks == 0)
            Fill(blanked, right / 2, bottom / 2, width, height, options.Level);

        // Seeded by the pixels, not by the row index, so that a stream read again or in another order has the same blocks.
        var random = new Random((int)XxHash64.HashToUInt64(image.Pixels, options.Seed));
        for (var i = 0; i < options.RandomBlocks; i++)
            Fill(blanked, random.Next(right + 1), random.Next(bottom + 1), width, height, options.Level);
        return blanked;
    }

    private static int Side(int side, double size) => Math.Clamp((int)Math.Round(side * size), 1, side);

    private static void Fill(PixelImage image, int left, int top, int width, int height, byte level)
    {
        for (var y = top; y < top + height; y++)
        {
            var row = image.Pixels.AsSpan(image.Channels * ((y * image.Width) + left), image.Channels * width);
            if (image.Channels <= Alpha)
            {
                row.Fill(level);
                continue;
            }

            for (; !row.IsEmpty; row = row[image.Channels..])
                row[..Alpha].Fill(level);
        }
    }
}
