using System.Runtime.InteropServices;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Data;

/// <summary>Where pixels become tensors: (N, C, H, W) of [-1, 1], input and target.</summary>
internal sealed class PairBatch : IDisposable
{
    public PairBatch(int[] rows, string?[] names, Tensor input, Tensor target)
    {
        Rows = rows;
        Names = names;
        Input = input;
        Target = target;
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
    /// <exception cref="InvalidOperationException">A pair does not fit the generator.</exception>
    public static PairBatch Augmented(
        IReadOnlyList<ImagePair> pairs, int[] rows, GeneratorOptions generator, TrainingOptions training, int epoch, Device device)
    {
        for (var i = 0; i < rows.Length; i++)
            Check(pairs[i], rows[i], generator);

        var (width, height) = (generator.Width, generator.Height);
        var (inputKernel, targetKernel) = (training.Preprocessing.InputKernel, training.Preprocessing.TargetKernel);
        var input = Empty(rows.Length, generator.InputChannels, generator);
        var target = Empty(rows.Length, generator.OutputChannels, generator);
        for (var i = 0; i < rows.Length; i++)
        {
            var pair = pairs[i];
            var draw = PairAugmentation.Draw(rows[i], pair.Input.Width, pair.Input.Height, generator, training, epoch);
            draw.WriteInput(pair.Input, inputKernel, width, height, Image(input, i, rows.Length));
            draw.WriteTarget(pair.Target, targetKernel, width, height, Image(target, i, rows.Length));
        }

        return new PairBatch(rows, [.. pairs.Select(pair => pair.Name)], Moved(input, device), Moved(target, device));
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
    }

    private static string Describe(PixelImage image) => $"{image.Width}x{image.Height} pixels with {image.Channels} channels";

    private static Tensor Empty(int images, int channels, GeneratorOptions generator)
        => empty([images, channels, generator.Height, generator.Width], ScalarType.Float32, CPU);

    // Written where libtorch will read it: nothing is copied.
    private static Span<float> Image(Tensor images, int index, int count)
    {
        var values = MemoryMarshal.Cast<byte, float>(images.bytes);
        return values.Slice(index * (values.Length / count), values.Length / count);
    }

    private static Tensor Moved(Tensor tensor, Device device)
    {
        if (device.type == DeviceType.CPU)
            return tensor;
        using (tensor)
            return tensor.to(device);
    }
}
