using Pix2Pix.Imaging;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Data;

/// <summary>
/// A batch of pairs as tensors, input and target, (N, C, H, W) in [-1, 1]. After Dispose, another batch may reuse their memory; clone any
/// part that is needed longer.
/// </summary>
internal sealed class PairBatch : IDisposable
{
    private readonly Action? _release;

    /// <param name="rows">The positions of the pairs in their source.</param>
    /// <param name="names">The names of the pairs, if any.</param>
    /// <param name="tensors">Input and target; the batch owns them.</param>
    /// <param name="release">Releases the memory of the tensors.</param>
    public PairBatch(int[] rows, string?[] names, (Tensor Input, Tensor Target) tensors, Action? release = null)
    {
        Rows = rows;
        Names = names;
        (Input, Target) = tensors;
        _release = release;
    }

    /// <summary>The positions of the pairs in their source.</summary>
    public int[] Rows { get; }

    /// <summary>The names of the pairs, if any.</summary>
    public string?[] Names { get; }

    public Tensor Input { get; }

    public Tensor Target { get; }

    /// <summary>Creates a batch of these pairs, each with its own draw of the augmentation. May be called from any thread.</summary>
    /// <param name="pairs">The pairs of the batch; their sizes may differ.</param>
    /// <param name="rows">The positions of the pairs in their source. A pair's draw depends on its position.</param>
    /// <param name="generator">Provides the size of the crop.</param>
    /// <param name="training">Provides the augmentation and the seed.</param>
    /// <param name="epoch">The epoch; each epoch has its own draw.</param>
    /// <param name="device">The device of the tensors.</param>
    /// <param name="buffers">Reusable memory; null to allocate memory for this batch.</param>
    /// <exception cref="InvalidOperationException">A pair does not match the generator.</exception>
    public static PairBatch Augmented(
        IReadOnlyList<ImagePair> pairs,
        int[] rows,
        GeneratorOptions generator,
        TrainingOptions training,
        int epoch,
        Device device,
        BatchBuffers? buffers = null)
    {
        for (var i = 0; i < rows.Length; i++)
            Check(pairs[i], rows[i], generator);

        var (width, height) = (generator.Width, generator.Height);
        var (inputKernel, targetKernel) = (training.Preprocessing.InputKernel, training.Preprocessing.TargetKernel);
        var buffer = buffers?.Rent() ?? new BatchBuffer(generator, rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var pair = pairs[i];
            var draw = PairAugmentation.Draw(rows[i], pair.Input.Width, pair.Input.Height, generator, training, epoch);
            draw.WriteInput(pair.Input, inputKernel, width, height, buffer.Input(i));
            draw.WriteTarget(pair.Target, targetKernel, width, height, buffer.Target(i));
        }

        return new PairBatch(
            rows,
            [.. pairs.Select(pair => pair.Name)],
            buffer.First(rows.Length, device),
            buffers is null ? buffer.Dispose : () => buffers.Return(buffer));
    }

    /// <summary>
    /// Checks that a pair has the generator's channels and can be cropped to its size. The source may be a custom implementation.
    /// </summary>
    /// <exception cref="InvalidOperationException">The pair does not match the generator.</exception>
    public static void Check(ImagePair pair, int row, GeneratorOptions generator)
    {
        var (input, target) = pair;
        if (input.Channels == generator.InputChannels && target.Channels == generator.OutputChannels
            && (input.Width, input.Height) == (target.Width, target.Height)
            && input.Width >= generator.Width && input.Height >= generator.Height)
        {
            return;
        }

        throw new InvalidOperationException(
            $"Pair {row} has an input of {Describe(input)} and a target of {Describe(target)}; expected {generator.InputChannels} and " +
            $"{generator.OutputChannels} channels and equal sizes of at least {generator.Width}x{generator.Height} pixels.");
    }

    public void Dispose()
    {
        Input.Dispose();
        Target.Dispose();
        _release?.Invoke();
    }

    private static string Describe(PixelImage image) => $"{image.Width}x{image.Height} pixels with " +
        (image.Channels == 1 ? "1 channel" : $"{image.Channels} channels");
}
