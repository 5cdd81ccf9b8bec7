using System.Text.RegularExpressions;
using Pix2Pix.Imaging;
using Pix2Pix.Reporting;
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

/// <summary>
/// The samples at selected epochs, as small PNG images for the page: the first epoch, the last one, and some in between, as evenly spaced
/// as possible. Memory use does not grow with the number of epochs.
/// </summary>
internal sealed class Gallery
{
    private const int MostEpochs = 6;
    private const int MostPixels = 128;

    private static readonly Regex Picture = new(
        "data-of='([0-9]{1,7})/([0-9]{1,3})' src='data:image/png;base64,([A-Za-z0-9+/=]+)'", RegexOptions.CultureInvariant);

    private readonly List<(int Epoch, string[] Images)> _epochs = [];

    /// <param name="samples">The pairs.</param>
    public Gallery(IReadOnlyList<ImagePair> samples)
    {
        Inputs = [.. samples.Select(sample => Small(sample.Input))];
        Targets = [.. samples.Select(sample => Small(sample.Target))];
        Names = [.. samples.Select((sample, i) => string.IsNullOrEmpty(sample.Name) ? $"sample {i + 1}" : sample.Name)];
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The input of each sample, in base64, like the other images.</summary>
    public IReadOnlyList<string> Inputs { get; }

    public IReadOnlyList<string> Targets { get; }

    /// <summary>The translations, by epoch.</summary>
    public IReadOnlyList<(int Epoch, string[] Images)> Epochs => _epochs;

    /// <summary>Adds the translations after an epoch.</summary>
    public void Add(int epoch, IReadOnlyList<PixelImage> translations) => Add(epoch, [.. translations.Select(Small)]);

    /// <summary>
    /// Restores the images from the page of an earlier run that is now resumed. They exist nowhere else in this form, and the samples' own
    /// files are too large to be read repeatedly.
    /// </summary>
    /// <param name="page">The page; only the marks of its images are searched.</param>
    /// <param name="lastEpoch">Later epochs will be trained again.</param>
    public void TakeFrom(string page, int lastEpoch)
    {
        var pictures = Picture.Matches(page).Select(match => (
            Epoch: int.Parse(match.Groups[1].ValueSpan), Sample: int.Parse(match.Groups[2].ValueSpan), Image: match.Groups[3].Value));
        foreach (var epoch in pictures.Where(picture => picture.Epoch <= lastEpoch).GroupBy(picture => picture.Epoch).OrderBy(group => group.Key))
        {
            string[] images = [.. epoch.OrderBy(picture => picture.Sample).Select(picture => picture.Image)];
            if (images.Length == Inputs.Count)
                Add(epoch.Key, images);
        }
    }

    /// <summary>The mark by which <see cref="TakeFrom"/> finds an image.</summary>
    public static string Mark(int epoch, int sample) => $"{epoch}/{sample}";

    // Removes the image whose neighbors are closest to each other, and the latest one in case of a tie, because most changes happen early.
    // The first and the last image are kept.
    private void Add(int epoch, string[] images)
    {
        if (_epochs.Count > 0 && _epochs[^1].Epoch == epoch)
            _epochs.RemoveAt(_epochs.Count - 1);
        _epochs.Add((epoch, images));
        if (_epochs.Count > MostEpochs)
            _epochs.RemoveAt(Enumerable.Range(1, MostEpochs - 1).Reverse().MinBy(i => _epochs[i + 1].Epoch - _epochs[i - 1].Epoch));
    }

    private static string Small(PixelImage image) => Thumbnail.Base64(Thumbnail.Of(image, MostPixels));
}
