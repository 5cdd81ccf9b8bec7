
namespace Pix2Pix.Torch.Data;

/// <summary>
/// Which rows of a set to validate with, by the seed and the row's position alone: no list is needed, and the same rows are chosen each
/// time. Pure and thread-safe.
/// </summary>
/// <remarks>
/// The rows are spread: with a fraction of 0.1, one at random of the first ten rows, one of the next ten, and so on. So a set has its share
/// to a row, also where it is sorted.
/// </remarks>
public sealed class ValidationSplit
{
    private readonly int _seed;
    private readonly long _rows;

    /// <summary>A split of a set.</summary>
    /// <param name="fraction">The share of the rows to validate with, 0 to 0.5; 0 for none.</param>
    /// <param name="training">Gives the seed.</param>
    /// <param name="rows">
    /// The number of rows, at least 1, where it is known to be less than 1 / fraction: one of them is chosen. Null where it is not known,
    /// or more: then a set that is so small may have no row to validate with.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in 0 to 0.5, or there is no row.</exception>
    public ValidationSplit(double fraction, TrainingOptions training, long? rows = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        Fraction = Guard.InRange(fraction, 0.0, 0.5, nameof(fraction));
        _seed = training.SeedOrDefault;
        _rows = rows is null ? long.MaxValue : Guard.InRange(rows.Value, 1, long.MaxValue, nameof(rows));
    }

    /// <summary>The share of the rows to validate with.</summary>
    public double Fraction { get; }

    /// <summary>Whether a row is to validate with, and not to learn from.</summary>
    /// <param name="row">The row's position, from 0.</param>
    public bool IsValidation(long row)
    {
        if (Fraction == 0)
            return false;
        // Blocks of 1 / fraction rows, of which each gives one; where that is no whole number their lengths differ by one.
        var block = (long)(row * Fraction);
        while (Start(block + 1) <= row)
            block++;
        while (Start(block) > row)
            block--;
        var random = (uint)Seeds.Derive(_seed, Seeds.Purpose.Validation, block);
        var length = Start(block + 1) - Start(block);
        return row - Start(block) == random % (block == 0 ? Math.Min(length, _rows) : length);
    }

    private long Start(long block) => (long)Math.Ceiling(block / Fraction);
}
