using Pix2Pix.Torch.Training;

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

    /// <summary>A split of a set.</summary>
    /// <param name="fraction">The share of the rows to validate with, 0 to 0.5; 0 for none.</param>
    /// <param name="training">Gives the seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in 0 to 0.5.</exception>
    public ValidationSplit(double fraction, TrainingOptions training)
    {
        ArgumentNullException.ThrowIfNull(training);
        Fraction = Guard.InRange(fraction, 0.0, 0.5, nameof(fraction));
        _seed = training.SeedOrDefault;
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
        return row - Start(block) == random % (Start(block + 1) - Start(block));
    }

    private long Start(long block) => (long)Math.Ceiling(block / Fraction);
}
