using Pix2Pix.Imaging;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Data;

/// <summary>
/// Keeps all pairs as bytes on the device and creates batches there, so that a step transfers only three numbers per image. The floats
/// equal those of <see cref="PairBatch.Augmented"/> bit for bit: pixels are selected by the same strides, and levels come from the same
/// table.
/// </summary>
internal sealed class DevicePairs : IDisposable
{
    /// <summary>
    /// The maximum size of the pairs on a device. TorchSharp cannot report the free memory of a device, and networks and their activations
    /// need the larger part.
    /// </summary>
    public const long MaxBytes = 4L << 30;

    private readonly GeneratorOptions _generator;
    private readonly TrainingOptions _training;
    private readonly int _imageWidth;
    private readonly int _imageHeight;
    private readonly string?[] _names;
    private readonly Tensor _inputs; // (N * H * W, C) bytes
    private readonly Tensor _targets; // (N * H * W, C') bytes
    private readonly Tensor _levels; // (256)
    private readonly Tensor _rows; // (1, h, 1): 0 ... h - 1
    private readonly Tensor _columns; // (1, 1, w): 0 ... w - 1

    private DevicePairs(ImagePair first, int count, GeneratorOptions generator, TrainingOptions training, Device device)
    {
        _generator = generator;
        _training = training;
        (_imageWidth, _imageHeight) = (first.Input.Width, first.Input.Height);
        _names = new string?[count];
        var pixels = (long)count * _imageWidth * _imageHeight;
        _inputs = LongLived.Tensor(() => empty([pixels, first.Input.Channels], ScalarType.Byte, device));
        _targets = LongLived.Tensor(() => empty([pixels, first.Target.Channels], ScalarType.Byte, device));
        _levels = LongLived.Tensor(() => tensor(PixelNormalizer.Levels, device: device));
        _rows = LongLived.Tensor(() => tensor(Numbers(generator.Height), [1, generator.Height, 1], device: device));
        _columns = LongLived.Tensor(() => tensor(Numbers(generator.Width), [1, 1, generator.Width], device: device));
    }

    /// <summary>
    /// Reads all pairs. Returns <see langword="null"/> if they have to stay on the host, because they are too many, differ in size, or are
    /// augmented by scale or color.
    /// </summary>
    /// <param name="rows">The pairs and their positions.</param>
    /// <param name="count">The number of pairs.</param>
    /// <param name="generator">Provides the size of the crops.</param>
    /// <param name="training">Provides the augmentation and the seed.</param>
    /// <param name="device">The device to keep them on.</param>
    /// <param name="maxBytes">The maximum number of bytes to keep.</param>
    public static DevicePairs? TryRead(
        IEnumerable<(int Row, ImagePair Pair)> rows,
        int count,
        GeneratorOptions generator,
        TrainingOptions training,
        Device device,
        long maxBytes = MaxBytes)
    {
        if (training.Augmentation.MaxScale > 1 || training.Augmentation.InputColorJitter > 0)
            return null;

        DevicePairs? cached = null;
        try
        {
            foreach (var (row, pair) in rows)
            {
                PairBatch.Check(pair, row, generator);
                if (row == 0 && (long)count * (pair.Input.Pixels.Length + pair.Target.Pixels.Length) <= maxBytes)
                    cached = new DevicePairs(pair, count, generator, training, device);
                if (cached is null || !cached.TryPut(row, pair))
                {
                    cached?.Dispose();
                    return null;
                }
            }
        }
        catch
        {
            cached?.Dispose();
            throw;
        }

        return cached;
    }

    /// <summary>Returns the pairs at these positions, each with its own draw of the augmentation.</summary>
    public PairBatch Batch(int[] rows, int epoch)
    {
        var images = LongLived.Tensors(() =>
        {
            var pixels = Pixels(rows, epoch);
            return (Images(_inputs, pixels), Images(_targets, pixels));
        });
        return new PairBatch(rows, [.. rows.Select(row => _names[row])], images);
    }

    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[_inputs, _targets, _levels, _rows, _columns])
            tensor.Dispose();
    }

    private static long[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(number => (long)number)];

    private bool TryPut(int row, ImagePair pair)
    {
        if ((pair.Input.Width, pair.Input.Height) != (_imageWidth, _imageHeight))
            return false;
        _names[row] = pair.Name;
        Put(_inputs, row, pair.Input);
        Put(_targets, row, pair.Target);
        return true;
    }

    private static void Put(Tensor images, int row, PixelImage image)
    {
        using var scope = NewDisposeScope();
        var pixels = frombuffer(image.Pixels, ScalarType.Byte).view(-1, image.Channels);
        images.narrow(0, (long)row * image.Width * image.Height, (long)image.Width * image.Height).copy_(pixels);
    }

    // The index of each pixel of the batch among all pixels: (N * h * w).
    private Tensor Pixels(int[] rows, int epoch)
    {
        var (starts, down, right) = (new long[rows.Length], new long[rows.Length], new long[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            var draw = PairAugmentation.Draw(rows[i], _imageWidth, _imageHeight, _generator, _training, epoch);
            var path = draw.Path(_generator.Width, _generator.Height);
            (starts[i], down[i], right[i]) = (((long)rows[i] * _imageWidth * _imageHeight) + path.Start, path.Down, path.Right);
        }

        var paths = tensor([.. starts, .. down, .. right], [3, rows.Length, 1, 1]).MovedTo(_inputs.device);
        var (start, toNextRow, toNextColumn) = (paths.select(0, 0), paths.select(0, 1), paths.select(0, 2)); // (N, 1, 1)
        return start.Plus(toNextRow * _rows).Plus(toNextColumn * _columns).flatten(); // (N, h, w) before
    }

    // Uses a table instead of a division: CUDA divides by a number by multiplying by its reciprocal, which rounds differently.
    private Tensor Images(Tensor images, Tensor pixels)
    {
        var channels = images.shape[1];
        var levels = images.index_select(0, pixels).view(-1, _generator.Height, _generator.Width, channels); // (N, h, w, C) bytes
        var planes = levels.permute(0, 3, 1, 2).contiguous(); // (N, C, h, w)
        return _levels.index_select(0, planes.flatten().to(ScalarType.Int32)).view(planes.shape);
    }
}
