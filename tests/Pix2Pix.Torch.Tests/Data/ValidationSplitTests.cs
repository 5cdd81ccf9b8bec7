using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Data;

public class ValidationSplitTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.3)]
    [InlineData(0.07)]
    [InlineData(0.4999)]
    [InlineData(1e-3)]
    public void IsValidation_AnyFraction_GivesItsShareOfEachStretch(double fraction)
    {
        var rows = Rows(fraction, seed: 7, count: 10_000);

        Assert.Equal(fraction * 10_000, rows.Length, tolerance: 1.0);
        for (var start = 0; start < 10_000; start += 2000)
            Assert.Equal(fraction * 2000, rows.Count(row => row >= start && row < start + 2000), tolerance: 2.0);
    }

    [Fact]
    public void IsValidation_OneOfTen_IsAnotherPlaceInEachTen()
    {
        var rows = Rows(0.1, seed: 7, count: 1000);
        Assert.Equal(Enumerable.Range(0, 100).Select(block => (long)block), rows.Select(row => row / 10));
        Assert.Equal(10, rows.Select(row => row % 10).Distinct().Count());
    }

    [Fact]
    public void IsValidation_SameSeed_IsTheSame()
    {
        Assert.Equal(Rows(0.1, seed: 7, count: 100), Rows(0.1, seed: 7, count: 100));
        Assert.Equal(Rows(0.1, seed: null, count: 100), Rows(0.1, seed: 1, count: 100));
        Assert.NotEqual(Rows(0.1, seed: 7, count: 100), Rows(0.1, seed: 8, count: 100));
    }

    [Theory]
    [InlineData(0.1, 2)]
    [InlineData(0.1, 5)]
    [InlineData(0.3, 3)]
    [InlineData(0.001, 999)]
    public void IsValidation_FewRows_GiveOneWhateverTheSeed(double fraction, int rows)
    {
        var chosen = Enumerable.Range(0, 100).Select(seed => Assert.Single(Rows(fraction, seed, rows, known: true))).ToList();
        Assert.True(chosen.Distinct().Count() > 1);
    }

    [Fact]
    public void Constructor_NoRows_ReportsTheRange()
        => RangeError.Assert("rows", 0L, "1", $"{long.MaxValue}", () => new ValidationSplit(0.1, new(), rows: 0));

    [Fact]
    public void IsValidation_FractionOfZero_IsNever() => Assert.Empty(Rows(0, seed: 1, count: 1000));

    [Fact]
    public void IsValidation_FarRow_StillBelongsToABlock()
    {
        var split = new ValidationSplit(0.1, new());
        Assert.Equal(1, Enumerable.Range(0, 10).Count(row => split.IsValidation(1_000_000_000_000 + row)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(0.51)]
    [InlineData(double.NaN)]
    public void Constructor_FractionOutOfRange_ReportsTheRange(double fraction)
        => RangeError.Assert("fraction", fraction, "0", "0.5", () => new ValidationSplit(fraction, new()));

    private static long[] Rows(double fraction, int? seed, int count, bool known = false)
    {
        var split = new ValidationSplit(fraction, new() { Seed = seed }, known ? count : null);
        return [.. Enumerable.Range(0, count).Select(row => (long)row).Where(split.IsValidation)];
    }
}
