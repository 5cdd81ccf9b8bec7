using System.Text.RegularExpressions;
using Pix2Pix.Imaging;
using Pix2Pix.Reporting;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>A few fixed pairs, resized to the generator's size, whose translations show the progress of a training.</summary>
internal sealed class SampleSet
{
    /// <summary>The number of pairs to read per sample if the pairs are not in memory.</summary>
    private const int PairsPerSample = 16;

    private readonly Pix2PixTrainer _trainer;
    private readonly List<ImagePair> _pairs = [];

    /// <param name="trainer">Provides the generator that translates the samples.</param>
    /// <param name="max">The maximum number of samples.</param>
    /// <param name="pairs">The pairs to choose from.</param>
    /// <param name="candidates">The number of pairs to choose from. The samples are evenly spaced among the first pairs.</param>
    /// <param name="ended">Stops the reading; the samples read so far are kept.</param>
    private SampleSet(Pix2PixTrainer trainer, int max, IEnumerable<ImagePair> pairs, int candidates, CancellationToken ended)
    {
        _trainer = trainer;
        var count = Math.Min(max, candidates);
        int[] rows = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * candidates / count))];
        try
        {
            foreach (var (row, pair) in pairs.Take(candidates).Index())
            {
                if (rows.Contains(row))
                    _pairs.Add(Resized(pair));
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The training loop handles the end of the training.
        }
    }

    /// <summary>The samples with the network's channels.</summary>
    public IReadOnlyList<ImagePair> Pairs => _pairs;

    /// <summary>The samples as images: gray, RGB or RGBA.</summary>
    public IReadOnlyList<ImagePair> Shown
        => [.. _pairs.Select(pair => pair with
        {
            Input = NetworkPicture.OfInput(_trainer.Generator.Options, pair.Input),
            Target = NetworkPicture.OfOutput(_trainer.Generator.Options, pair.Target, pair.Input),
        })];

    /// <summary>Chooses samples from pairs in memory.</summary>
    public static SampleSet Of(Pix2PixTrainer trainer, int max, IReadOnlyList<ImagePair> pairs)
        => new(trainer, max, pairs, pairs.Count, CancellationToken.None);

    /// <summary>Chooses samples from a source. Unless the pairs are in memory, only the first ones are read.</summary>
    public static SampleSet Of(Pix2PixTrainer trainer, int max, IPairSource pairs, CancellationToken ended)
        => new(trainer, max, pairs.Read(ended), pairs is ImagePairs ? pairs.Count : Math.Min(pairs.Count, max * PairsPerSample), ended);

    /// <summary>Translates the samples, in order. Returns an empty list if a value is not finite.</summary>
    public IReadOnlyList<PixelImage> Translate(InferenceOptions inference)
    {
        using var averaged = _trainer.GeneratorAverage?.Use();
        var images = new List<PixelImage>();
        foreach (var pair in Pairs) // one at a time, because a batch of large images may exceed the memory
        {
            if (_trainer.Generator.TranslateIfFinite(pair.Input, inference) is not { } image)
                return [];
            images.Add(image);
        }

        return images;
    }

    /// <summary>Converts translations to images: gray, RGB or RGBA.</summary>
    public IReadOnlyList<PixelImage> Show(IReadOnlyList<PixelImage> translations)
        => [.. translations.Zip(Pairs, (translation, pair) => NetworkPicture.OfOutput(_trainer.Generator.Options, translation, pair.Input))];

    private ImagePair Resized(ImagePair pair) => pair with
    {
        Input = Resized(pair.Input, _trainer.Options.Preprocessing.InputKernel),
        Target = Resized(pair.Target, _trainer.Options.Preprocessing.TargetKernel),
    };

    private PixelImage Resized(PixelImage image, ResizeKernel kernel)
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
    private const int MaxEpochs = 6;
    private const int MaxPixels = 128;

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
    /// <param name="lastEpoch">Images of later epochs are ignored, because these epochs are repeated.</param>
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
        if (_epochs.Count > MaxEpochs)
            _epochs.RemoveAt(Enumerable.Range(1, MaxEpochs - 1).Reverse().MinBy(i => _epochs[i + 1].Epoch - _epochs[i - 1].Epoch));
    }

    private static string Small(PixelImage image) => Thumbnail.Base64(Thumbnail.Of(image, MaxPixels));
}
