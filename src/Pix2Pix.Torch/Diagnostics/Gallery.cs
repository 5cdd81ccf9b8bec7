using System.Text.RegularExpressions;
using Pix2Pix.Imaging;
using Pix2Pix.Reporting;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>
/// The samples at a few epochs, small and as PNG, for the page: the first and the last one, and some in between, as evenly spread as those
/// that came can be. Its memory does not grow with the epochs.
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

    /// <summary>Of each sample, in base64; so are the others.</summary>
    public IReadOnlyList<string> Inputs { get; }

    public IReadOnlyList<string> Targets { get; }

    /// <summary>The translations, by epoch.</summary>
    public IReadOnlyList<(int Epoch, string[] Images)> Epochs => _epochs;

    /// <summary>Adds the translations after an epoch.</summary>
    public void Add(int epoch, IReadOnlyList<PixelImage> translations) => Add(epoch, [.. translations.Select(Small)]);

    /// <summary>
    /// Takes the pictures out of the page that a training left which is now resumed: nothing else has them, as the samples' own files are
    /// too large to be read again and again.
    /// </summary>
    /// <param name="page">The page; only its pictures' marks are looked at.</param>
    /// <param name="lastEpoch">Epochs after this one will come again.</param>
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

    /// <summary>The mark by which <see cref="TakeFrom"/> knows a picture.</summary>
    public static string Mark(int epoch, int sample) => $"{epoch}/{sample}";

    // The picture goes whose neighbours are nearest to each other, of equals the latest: most changes early. The first and
    // the last one stay.
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
