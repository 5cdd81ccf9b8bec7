using Pix2Pix.Imaging;
using Pix2Pix.Reporting;

namespace Quickstart;

/// <summary>The sheets of pictures in --out.</summary>
internal static class Preview
{
    private const int Columns = 2;
    private const int MostTranslations = 8;
    private const int MostPairs = 32;

    /// <summary>Training pairs: input | target.</summary>
    public static PixelImage OfPairs(IReadOnlyList<Pair> pairs, int size) => ImageSheet.Draw(
        [.. PairSet.Spread(pairs, MostPairs).Select(pair =>
        {
            var (input, target) = pair.Load();
            return new[] { Pictures.ToSize(input, size), Pictures.ToSize(target, size) };
        })],
        2 * Columns);

    /// <summary>Test pairs: input | output | target.</summary>
    public static PixelImage OfTranslations(IReadOnlyList<Translation> translations) => ImageSheet.Draw(
        [.. PairSet.Spread(translations, MostTranslations).Select(row => new[] { row.Input, row.Output, row.Target })], Columns);
}
