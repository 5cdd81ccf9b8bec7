using Pix2Pix.Imaging;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Data;

/// <summary>
/// Where pixels become tensors: (N, C, H, W) of [-1, 1], input and target. Their memory may be another batch's after Dispose: who keeps a
/// part of them longer clones it.
/// </summary>
internal sealed class PairBatch : IDisposable
{
    private readonly Action? _release;

    /// <param name="rows">The positions of the pairs in their source.</param>
    /// <param name="names">What the pairs are called, where they have names.</param>
    /// <param name="tensors">Input and target; they belong to the batch.</param>
    /// <param name="release">Gives back what the tensors stand on.</param>
    public PairBatch(int[] rows, string?[] names, (Tensor Input, Tensor Target) tensors, Action? release = null)
    {
        Rows = rows;
        Names = names;
        (Input, Target) = tensors;
        _release = release;
    }

    /// <summary>The positions of the pairs in their source.</summary>
    public int[] Rows { get; }

    /// <summary>Their names, where they have some.</summary>
    public string?[] Names { get; }

    public Tensor Input { get; }

    public Tensor Target { get; }

    /// <summary>The pairs of these positions, each with its own draw of the augmentation. May be called from any thread.</summary>
    /// <param name="pairs">The pairs of the batch; their sizes may differ.</param>
    /// <param name="rows">Their positions in their source: a pair's draw depends on it.</param>
    /// <param name="generator">Gives the size of the crop.</param>
    /// <param name="training">Says what may be drawn, and the seed.</param>
    /// <param name="epoch">Another draw for each epoch.</param>
    /// <param name="device">Where to put the tensors.</param>
    /// <param name="buffers">Memory to use again; where there is none, the batch has its own.</param>
    /// <exception cref="InvalidOperationException">A pair does not fit the generator.</exception>
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

    /// <summary>Whether a pair can be cropped to the generator's size and has its channels; the source may be anybody's.</summary>
    /// <exception cref="InvalidOperationException">It is not so.</exception>
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
            $"Pair {row} of the source has an input of {Describe(input)} and a target of {Describe(target)}; expected {generator.InputChannels} " +
            $"and {generator.OutputChannels} channels and one size of at least {generator.Width}x{generator.Height} pixels.");
    }

    public void Dispose()
    {
        Input.Dispose();
        Target.Dispose();
        _release?.Invoke();
    }

    private static string Describe(PixelImage image) => $"{image.Width}x{image.Height} pixels with {image.Channels} channels";
}
