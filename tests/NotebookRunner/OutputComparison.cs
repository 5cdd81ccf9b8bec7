using System.Text.RegularExpressions;

namespace Pix2Pix.Notebooks;

/// <summary>What may differ between two runs of a cell: numbers, and pictures by a little.</summary>
internal static partial class OutputComparison
{
    /// <summary>
    /// Levels of 0 to 255 that a picture may differ from the stored one, on average: a short training gives others on another machine.
    /// An empty picture, or one that shows something else, is further off.
    /// </summary>
    public const double PictureTolerance = 40;

    /// <summary>Says how the outputs of a run differ from those that are stored by more than they may; null where they do not.</summary>
    /// <exception cref="FormatException">A picture cannot be decoded.</exception>
    public static string? Difference(IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> given)
    {
        var (before, now) = (Shapes(stored), Shapes(given));
        return before == now
            ? stored.Zip(given, (one, other) => one.MimeType == CellOutput.Png ? OfPictures(one, other) : OfTexts(one, other))
                .FirstOrDefault(difference => difference is not null)
            : $"its stored outputs are {before}; now they are {now}.";
    }

    private static string Shapes(IReadOnlyList<CellOutput> outputs)
        => outputs.Count == 0 ? "none" : string.Join(", ", outputs.Select(output => output.Shape));

    private static string? OfTexts(CellOutput stored, CellOutput given)
        => WithoutNumbers(stored.Text) == WithoutNumbers(given.Text)
            ? null
            : $"it says '{given.Text.Trim()}', where '{stored.Text.Trim()}' is stored; only numbers may differ.";

    private static string? OfPictures(CellOutput stored, CellOutput given)
        => PngPicture.Distance(stored.Text, given.Text) is var distance && distance <= PictureTolerance
            ? null
            : FormattableString.Invariant(
                $"a picture is {distance:0} of 255 levels from the stored one on average; at most {PictureTolerance} are expected.");

    private static string WithoutNumbers(string text) => Number().Replace(text, "#");

    [GeneratedRegex(@"-?\d+([.,]\d+)*(E[+-]?\d+)?")]
    private static partial Regex Number();
}
