using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Reporting;

/// <summary>A few fixed pairs, as a whole at the generator's size, to see how their translations change.</summary>
internal sealed class SampleSet
{
    /// <summary>Of pairs that are not in memory, this many for each sample are looked at.</summary>
    private const int ReadAhead = 16;

    private const float HalfRange = 127.5f;

    private readonly TrainingOptions _training;
    private readonly int[] _rows;
    private readonly List<ImagePair> _pairs = [];

    /// <param name="pairs">Where they come from.</param>
    /// <param name="most">At most this many.</param>
    /// <param name="generator">Gives the size.</param>
    /// <param name="training">What the pairs were prepared for.</param>
    /// <param name="ended">Ends the reading; what was read so far is taken.</param>
    public SampleSet(IPairSource pairs, int most, GeneratorOptions generator, TrainingOptions training, CancellationToken ended)
    {
        _training = training with { Augmentation = AugmentationOptions.None };
        var reach = pairs is ImagePairs ? pairs.Count : Math.Min(pairs.Count, most * ReadAhead);
        var count = Math.Min(most, reach);
        _rows = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * reach / count))];
        try
        {
            foreach (var (row, pair) in pairs.Read(ended).Take(reach).Index())
            {
                if (_rows.Contains(row))
                    _pairs.Add(Whole(pair, generator));
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The training, too, will find that it has ended.
        }
    }

    /// <summary>The samples.</summary>
    public IReadOnlyList<ImagePair> Pairs => _pairs;

    /// <summary>What the generator makes of them, in their order.</summary>
    public IReadOnlyList<PixelImage> Translate(Generator generator, InferenceOptions inference, Device device)
    {
        var images = new List<PixelImage>();
        for (var i = 0; i < Pairs.Count; i++) // one by one: a batch of large images may not fit
        {
            using var scope = NewDisposeScope();
            using var batch = PairBatch.Augmented([Pairs[i]], [_rows[i]], generator.Options, _training, epoch: 0, device);
            images.Add(ToImage(generator.Translate(batch.Input, inference)));
        }

        return images;
    }

    private static ImagePair Whole(ImagePair pair, GeneratorOptions generator) => pair with
    {
        Input = ImageResizer.Resize(pair.Input, generator.Width, generator.Height),
        Target = ImageResizer.Resize(pair.Target, generator.Width, generator.Height),
    };

    private static PixelImage ToImage(Tensor image) // (1, C, H, W)
    {
        var pixels = image.squeeze(0).permute(1, 2, 0).contiguous().to(CPU);
        return new PixelImage(
            (int)image.shape[3],
            (int)image.shape[2],
            [.. pixels.data<float>().Select(value => (byte)Math.Clamp(MathF.Round((value + 1) * HalfRange), 0, 255))],
            (int)image.shape[1]);
    }
}
