using System.Text.RegularExpressions;
using Pix2Pix.Imaging;
using Pix2Pix.Reporting;

namespace Pix2Pix.Torch.Diagnostics;

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
