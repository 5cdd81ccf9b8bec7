using Pix2Pix.Imaging;

namespace Pix2Pix.Torch.Data;

/// <summary>
/// One draw of the augmentation for both images of a pair: scale, crop, mirroring and rotation. The color jitter applies to the input only.
/// </summary>
/// <param name="Width">The images are scaled to this width in pixels; their own width if they are not scaled.</param>
/// <param name="Height">The images are scaled to this height in pixels.</param>
/// <param name="Left">The first column of the crop, in the scaled image.</param>
/// <param name="Top">The first row of the crop.</param>
/// <param name="Mirror">Whether the crop is mirrored left to right.</param>
/// <param name="Turns">The number of subsequent counterclockwise rotations by 90 degrees: 0 to 3.</param>
/// <param name="Colors">The color jitter of the input.</param>
internal readonly record struct PairAugmentation(int Width, int Height, int Left, int Top, bool Mirror, int Turns, ColorJitter Colors)
{
    /// <summary>
    /// Draws the augmentation of a pair in an epoch. It depends only on the seed, the epoch and the pair, not on the position in a batch.
    /// </summary>
    /// <param name="row">The position of the pair in its source.</param>
    /// <param name="imageWidth">The width of both images in pixels, at least the generator's.</param>
    /// <param name="imageHeight">The height of both images in pixels, at least the generator's.</param>
    /// <param name="generator">Provides the size of the crop.</param>
    /// <param name="training">Provides the augmentation and the seed.</param>
    /// <param name="epoch">The epoch; each epoch has its own draw.</param>
    public static PairAugmentation Draw(
        int row, int imageWidth, int imageHeight, GeneratorOptions generator, TrainingOptions training, int epoch)
    {
        var options = training.Augmentation;
        var random = new Random(Seeds.Derive(training.SeedOrDefault, Seeds.Stream.Augmentation, epoch, row));

        // Disabled options draw nothing, so that an option does not change the draws of others.
        var scale = options.MaxScale > 1 ? 1 + (random.NextDouble() * (options.MaxScale - 1)) : 1;
        var (width, height) = ((int)Math.Round(imageWidth * scale), (int)Math.Round(imageHeight * scale));
        var (left, top) = (random.Next(width - generator.Width + 1), random.Next(height - generator.Height + 1));
        var mirror = options.Mirror && random.Next(2) == 1;
        var turns = options.RightAngles ? random.Next(4) : 0;
        var colors = options.InputColorJitter > 0 ? ColorJitter.Draw(random, options.InputColorJitter) : ColorJitter.None;
        return new PairAugmentation(width, height, left, top, mirror, turns, colors);
    }

    /// <summary>Writes the augmented input: planes in [-1, 1], (C, height, width).</summary>
    public void WriteInput(PixelImage image, ResizeKernel kernel, int width, int height, Span<float> planes)
        => Write(image, kernel, width, height, Colors, planes);

    /// <summary>Writes the augmented target, without color jitter.</summary>
    public void WriteTarget(PixelImage image, ResizeKernel kernel, int width, int height, Span<float> planes)
        => Write(image, kernel, width, height, ColorJitter.None, planes);

    /// <summary>Returns the stride of the crop's pixels in an image that is not scaled.</summary>
    public PixelStride Path(int width, int height) => Oriented(PixelStride.Crop(Width, Left, Top), width, height);

    private void Write(PixelImage image, ResizeKernel kernel, int width, int height, ColorJitter colors, Span<float> planes)
    {
        var scaled = (Width, Height) != (image.Width, image.Height);
        if (!scaled && colors == ColorJitter.None)
        {
            PixelNormalizer.Write(image, Path(width, height), width, planes);
            return;
        }

        // A copy of only the crop, for scaling and color jitter.
        var crop = scaled
            ? ImageResizer.ResizePart(image, Width, Height, new(Left, Top, width, height), kernel)
            : image.Crop(Left, Top, width, height);
        if (colors != ColorJitter.None)
            colors.Apply(crop);
        PixelNormalizer.Write(crop, Oriented(PixelStride.Crop(width, 0, 0), width, height), width, planes);
    }

    private PixelStride Oriented(PixelStride path, int width, int height)
    {
        if (Mirror)
            path = path.Mirrored(width);
        for (var turn = 0; turn < Turns; turn++)
            path = path.Turned(height); // square: see OptionsCheck
        return path;
    }
}

/// <summary>
/// Determines the order of the rows in an epoch. Rows are drawn from a window, so that streamed rows need not all be in memory.
/// </summary>
internal static class ShuffleWindow
{
    /// <summary>
    /// Fills the window, then repeatedly draws a row from it and replaces it with the next row of the source. Each row is returned once. If
    /// the window holds all rows, every order has the same probability.
    /// </summary>
    /// <param name="rows">The rows, which are read once, one window ahead. Rows that were drawn are not retained.</param>
    /// <param name="window">The number of rows to draw from, at least one.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epoch">The epoch; each epoch has its own order.</param>
    public static IEnumerable<T> Order<T>(IEnumerable<T> rows, int window, int seed, int epoch)
    {
        var random = new Random(Seeds.Derive(seed, Seeds.Stream.Order, epoch));
        var waiting = new List<T>();
        foreach (var row in rows)
        {
            if (waiting.Count < window)
            {
                waiting.Add(row);
                continue;
            }

            var drawn = random.Next(window);
            var next = waiting[drawn];
            waiting[drawn] = row;
            yield return next;
        }

        while (waiting.Count > 0)
        {
            var drawn = random.Next(waiting.Count);
            var next = waiting[drawn];
            waiting[drawn] = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
            yield return next;
        }
    }
}
