namespace Pix2Pix.ML.Data;

/// <summary>What rows are read for: how errors speak of them, and which rows of their view they are.</summary>
/// <param name="Row">The name of a row, as in "Row 3".</param>
/// <param name="Verb">What is done with a pair, as in "cannot be learnt from".</param>
/// <param name="None">What is said where there is not one.</param>
/// <param name="Includes">Whether a row, from 0, is read.</param>
internal sealed record PairPurpose(string Row, string Verb, string None, Func<long, bool> Includes)
{
    /// <summary>All rows of the view, to learn from.</summary>
    public static PairPurpose Training { get; } = new(
        "Row", "learnt from", "The data has no rows; expected at least one pair of images.", _ => true);

    /// <summary>All rows of a view of their own, to validate with.</summary>
    public static PairPurpose Validation { get; } = new(
        "Validation row", "validated with", "ValidationSet has no rows; expected at least one pair of images.", _ => true);
}
