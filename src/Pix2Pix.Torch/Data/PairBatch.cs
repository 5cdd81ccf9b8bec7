using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Data;

/// <summary>Where pixels become tensors: (N, 3, H, W) of [-1, 1], input and target.</summary>
internal sealed class PairBatch : IDisposable
{
    private PairBatch(Tensor input, Tensor target)
    {
        Input = input;
        Target = target;
    }

    public Tensor Input { get; }

    public Tensor Target { get; }

    /// <summary>The pairs at these positions, each with its own draw of crop and mirror.</summary>
    /// <param name="pairs">All pairs.</param>
    /// <param name="rows">Positions in <paramref name="pairs"/>.</param>
    /// <param name="generator">Gives the size of the crop.</param>
    /// <param name="training">Says whether to mirror, and the seed.</param>
    /// <param name="epoch">Another draw for each epoch.</param>
    /// <param name="device">Where to put the tensors.</param>
    public static PairBatch Augmented(
        ImagePairs pairs, ReadOnlySpan<int> rows, GeneratorOptions generator, TrainingOptions training, int epoch, Device device)
    {
        var (width, height) = (generator.Width, generator.Height);
        var image = 3 * width * height;
        var (input, target) = (new float[rows.Length * image], new float[rows.Length * image]);
        for (var i = 0; i < rows.Length; i++)
        {
            var random = new Random(Seeds.Derive(training.SeedOrDefault, Seeds.Purpose.Augmentation, epoch, rows[i]));
            var draw = PairAugmentation.Draw(random, pairs.LoadWidth - width, pairs.LoadHeight - height, training.Mirror);
            draw.Write(pairs[rows[i]].Input, width, height, input.AsSpan(i * image, image));
            draw.Write(pairs[rows[i]].Target, width, height, target.AsSpan(i * image, image));
        }

        long[] shape = [rows.Length, 3, height, width];
        return new PairBatch(tensor(input, shape, device: device), tensor(target, shape, device: device));
    }

    public void Dispose()
    {
        Input.Dispose();
        Target.Dispose();
    }
}
