using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>A few fixed pairs, as a whole at the generator's size, to see how their translations change.</summary>
internal sealed class SampleSet
{
    /// <summary>Of pairs that are not in memory, this many for each sample are looked at.</summary>
    private const int ReadAhead = 16;

    private readonly Pix2PixTrainer _trainer;
    private readonly List<ImagePair> _pairs = [];

    /// <param name="trainer">Whose generator translates them.</param>
    /// <param name="most">At most this many.</param>
    /// <param name="pairs">Where they come from.</param>
    /// <param name="reach">So many of the first pairs are looked at; the samples are evenly spread over them.</param>
    /// <param name="ended">Ends the reading; what was read so far is taken.</param>
    private SampleSet(Pix2PixTrainer trainer, int most, IEnumerable<ImagePair> pairs, int reach, CancellationToken ended)
    {
        _trainer = trainer;
        var count = Math.Min(most, reach);
        int[] rows = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * reach / count))];
        try
        {
            foreach (var (row, pair) in pairs.Take(reach).Index())
            {
                if (rows.Contains(row))
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
        => [.. _pairs.Select(pair => pair with
        {
            Input = NetworkPicture.OfInput(_trainer.Generator.Options, pair.Input),
            Target = NetworkPicture.OfOutput(_trainer.Generator.Options, pair.Target, pair.Input),
        })];

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
        foreach (var pair in Pairs) // one by one: a batch of large images may not fit
        {
            if (_trainer.Generator.TranslateIfFinite(pair.Input, inference) is not { } image)
                return [];
            images.Add(image);
        }

        return images;
    }

    /// <summary>Translations as images: gray, RGB or RGBA.</summary>
    public IReadOnlyList<PixelImage> Show(IReadOnlyList<PixelImage> translations)
        => [.. translations.Zip(Pairs, (translation, pair) => NetworkPicture.OfOutput(_trainer.Generator.Options, translation, pair.Input))];

    private ImagePair Whole(ImagePair pair) => pair with
    {
        Input = Whole(pair.Input, _trainer.Options.Preprocessing.InputKernel),
        Target = Whole(pair.Target, _trainer.Options.Preprocessing.TargetKernel),
    };

    private PixelImage Whole(PixelImage image, ResizeKernel kernel)
    {
        var (width, height) = (_trainer.Generator.Options.Width, _trainer.Generator.Options.Height);
        return ImageResizer.Resize(ImageResizer.CropToAspect(image, width, height), width, height, kernel);
    }
}
