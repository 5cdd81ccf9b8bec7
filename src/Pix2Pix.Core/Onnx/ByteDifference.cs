namespace Pix2Pix.Onnx;

/// <summary>The difference between two byte sequences.</summary>
/// <param name="Largest">The largest difference, in levels of 0 to 255.</param>
/// <param name="Share">The share of bytes that differ, from 0 to 1.</param>
public readonly record struct ByteDifference(int Largest, double Share)
{
    /// <summary>Compares bytes position by position.</summary>
    /// <exception cref="ArgumentException">The sequences differ in length.</exception>
    public static ByteDifference Between(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        if (expected.Length != actual.Length)
            throw new ArgumentException($"There are {actual.Length} bytes; expected {expected.Length}.", nameof(actual));
        var (largest, different) = (0, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i] - actual[i]));
            different += expected[i] == actual[i] ? 0 : 1;
        }

        return new ByteDifference(largest, expected.Length == 0 ? 0 : different / (double)expected.Length);
    }

    /// <summary>Returns the larger value of each member.</summary>
    public ByteDifference Or(ByteDifference other) => new(Math.Max(Largest, other.Largest), Math.Max(Share, other.Share));
}
