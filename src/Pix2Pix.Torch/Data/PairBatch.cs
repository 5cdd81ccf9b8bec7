using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Data;

/// <summary>Where pixels become tensors: (N, C, H, W) of [-1, 1], input and target.</summary>
internal sealed class PairBatch : IDisposable
{
    private PairBatch(int[] rows, Tensor input, Tensor target)
    {
        Rows = rows;
        Input = input;
        Target = target;
    }

    /// <summary>The positions of the pairs in their source.</summary>
    public int[] Rows { get; }

    public Tensor Input { get; }

    public Tensor Target { get; }

    /// <summary>The pairs of these positions, each with its own draw of crop and mirror.</summary>
    /// <param name="pairs">The pairs of the batch.</param>
    /// <param name="rows">Their positions in their source: a pair's draw depends on it.</param>
    /// <param name="generator">Gives the size of the crop.</param>
    /// <param name="training">Says whether to mirror, and the seed.</param>
    /// <param name="epoch">Another draw for each epoch.</param>
    /// <param name="device">Where to put the tensors.</param>
    public static PairBatch Augmented(
        IReadOnlyList<ImagePair> pairs, int[] rows, GeneratorOptions generator, TrainingOptions training, int epoch, Device device)
    {
        var (width, height) = (generator.Width, generator.Height);
        var (from, to) = (generator.InputChannels * width * height, generator.OutputChannels * width * height);
        var (input, target) = (new float[rows.Length * from], new float[rows.Length * to]);
        for (var i = 0; i < rows.Length; i++)
        {
            var random = new Random(Seeds.Derive(training.SeedOrDefault, Seeds.Purpose.Augmentation, epoch, rows[i]));
            var draw = PairAugmentation.Draw(random, pairs[i].Input.Width - width, pairs[i].Input.Height - height, training.Augmentation.Mirror);
            draw.Write(pairs[i].Input, width, height, input.AsSpan(i * from, from));
            draw.Write(pairs[i].Target, width, height, target.AsSpan(i * to, to));
        }

        return new PairBatch(
            rows,
            tensor(input, [rows.Length, generator.InputChannels, height, width], device: device),
            tensor(target, [rows.Length, generator.OutputChannels, height, width], device: device));
    }

    public void Dispose()
    {
        Input.Dispose();
        Target.Dispose();
    }
}
