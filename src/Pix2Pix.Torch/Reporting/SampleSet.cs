using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Reporting;

/// <summary>A few fixed pairs, as a whole at the generator's size, to see how their translations change.</summary>
internal sealed class SampleSet
{
    /// <summary>Of pairs that are not in memory, this many for each sample are looked at.</summary>
    private const int ReadAhead = 16;

    private readonly Pix2PixTrainer _trainer;
    private readonly TrainingOptions _whole;
    private readonly int[] _rows;
    private readonly List<ImagePair> _pairs = [];

    /// <param name="trainer">Whose generator translates them.</param>
    /// <param name="most">At most this many.</param>
    /// <param name="pairs">Where they come from.</param>
    /// <param name="reach">So many of the first pairs are looked at; the samples are evenly spread over them.</param>
    /// <param name="ended">Ends the reading; what was read so far is taken.</param>
    private SampleSet(Pix2PixTrainer trainer, int most, IEnumerable<ImagePair> pairs, int reach, CancellationToken ended)
    {
        _trainer = trainer;
        _whole = trainer.Options with { Augmentation = AugmentationOptions.None };
        var count = Math.Min(most, reach);
        _rows = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * reach / count))];
        try
        {
            foreach (var (row, pair) in pairs.Take(reach).Index())
            {
                if (_rows.Contains(row))
                    _pairs.Add(Whole(pair));
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The training, too, will find that it has ended.
        }
    }

    /// <summary>The samples, as the network sees them.</summary>
    public IReadOnlyList<ImagePair> Pairs => _pairs;

    /// <summary>The samples as images: gray, RGB or RGBA.</summary>
    public IReadOnlyList<ImagePair> Shown
        => [.. _pairs.Select(pair => pair with { Input = ShowInput(pair.Input), Target = ShowOutput(pair.Target, pair.Input) })];

    /// <summary>Samples of pairs that are in memory.</summary>
    public static SampleSet Of(Pix2PixTrainer trainer, int most, IReadOnlyList<ImagePair> pairs)
        => new(trainer, most, pairs, pairs.Count, CancellationToken.None);

    /// <summary>Samples of pairs that may have to be read: only the first ones are looked at, unless they are in memory.</summary>
    public static SampleSet Of(Pix2PixTrainer trainer, int most, IPairSource pairs, CancellationToken ended)
        => new(trainer, most, pairs.Read(ended), pairs is ImagePairs ? pairs.Count : Math.Min(pairs.Count, most * ReadAhead), ended);

    /// <summary>What the generator makes of them, in their order; nothing where a value is not finite.</summary>
    public IReadOnlyList<PixelImage> Translate(InferenceOptions inference)
    {
        using var averaged = _trainer.GeneratorAverage?.Use();
        var images = new List<PixelImage>();
        for (var i = 0; i < Pairs.Count; i++) // one by one: a batch of large images may not fit
        {
            using var batch = PairBatch.Augmented([Pairs[i]], [_rows[i]], _trainer.Generator.Options, _whole, epoch: 0, _trainer.Device);
            using var scope = NewDisposeScope();
            var translated = _trainer.Generator.Translate(batch.Input, inference);
            if (!translated.isfinite().all().item<bool>())
                return [];
            images.Add(PixelTensor.ToImage(translated));
        }

        return images;
    }

    /// <summary>Translations as images: gray, RGB or RGBA.</summary>
    public IReadOnlyList<PixelImage> Show(IReadOnlyList<PixelImage> translations)
        => [.. translations.Zip(Pairs, (translation, pair) => ShowOutput(translation, pair.Input))];

    private PixelImage ShowInput(PixelImage input)
    {
        var grey = new PixelImage(input.Width, input.Height, 1);
        Array.Fill(grey.Pixels, (byte)127); // chroma alone has no lightness
        return ChannelConversion.ToImage(input, _trainer.Generator.Options.Input, grey);
    }

    private PixelImage ShowOutput(PixelImage output, PixelImage input)
    {
        var (from, to) = (_trainer.Generator.Options.Input, _trainer.Generator.Options.Output);
        return (from, to) == (ImageChannels.Lightness, ImageChannels.Chroma)
            ? ChannelConversion.FromLab(input, output)
            : ChannelConversion.ToImage(output, to, ShowInput(input));
    }

    private ImagePair Whole(ImagePair pair) => pair with
    {
        Input = Whole(pair.Input, _whole.Preprocessing.InputKernel),
        Target = Whole(pair.Target, _whole.Preprocessing.TargetKernel),
    };

    private PixelImage Whole(PixelImage image, ResizeKernel kernel)
    {
        var (width, height) = (_trainer.Generator.Options.Width, _trainer.Generator.Options.Height);
        return ImageResizer.Resize(ImageResizer.CropToAspect(image, width, height), width, height, kernel);
    }
}
