
namespace Pix2Pix.Torch.Data;

/// <summary>
/// Selects the validation rows of a set, based only on the seed and the row's position. No list is needed, and the selection is
/// reproducible. Pure and thread-safe.
/// </summary>
/// <remarks>
/// The rows are stratified: with a fraction of 0.1, one random row of the first ten is selected, one of the next ten, and so on. The number
/// of selected rows is thus exact to one row, and sorted sets are covered evenly.
/// </remarks>
internal sealed class ValidationSplit
{
    private readonly int _seed;
    private readonly long _rows;

    /// <summary>Creates the split of a set.</summary>
    /// <param name="fraction">The fraction of the rows to validate with, 0 to 0.5; 0 for none.</param>
    /// <param name="training">Provides the seed.</param>
    /// <param name="rows">
    /// The number of rows, at least 1, if it is known to be less than 1 / fraction; one of the rows is then selected. Null if it is
    /// unknown or larger; a set smaller than 1 / fraction may then have no validation row.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in 0 to 0.5, or the number of rows is below 1.</exception>
    public ValidationSplit(double fraction, TrainingOptions training, long? rows = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        Fraction = Guard.InRange(fraction, 0.0, 0.5, nameof(fraction));
        _seed = training.SeedOrDefault;
        _rows = rows is null ? long.MaxValue : Guard.InRange(rows.Value, 1, long.MaxValue, nameof(rows));
    }

    /// <summary>The fraction of the rows to validate with.</summary>
    public double Fraction { get; }

    /// <summary>Determines whether a row is for validation rather than training.</summary>
    /// <param name="row">The row's position, from 0.</param>
    public bool IsValidation(long row)
    {
        if (Fraction == 0)
            return false;
        // One row is selected from each block of 1 / fraction rows. If that is not an integer, the lengths of the blocks differ by one.
        var block = (long)(row * Fraction);
        while (Start(block + 1) <= row)
            block++;
        while (Start(block) > row)
            block--;
        var random = (uint)Seeds.Derive(_seed, Seeds.Stream.Validation, block);
        var length = Start(block + 1) - Start(block);
        return row - Start(block) == random % (block == 0 ? Math.Min(length, _rows) : length);
    }

    private long Start(long block) => (long)Math.Ceiling(block / Fraction);
}
