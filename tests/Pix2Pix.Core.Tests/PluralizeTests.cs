namespace Pix2Pix.Core.Tests;

public sealed class PluralizeTests
{
    [Theory]
    [InlineData(0, "0 rows")]
    [InlineData(1, "1 row")]
    [InlineData(2, "2 rows")]
    public void Of_Count_AgreesWithTheNoun(long count, string expected) => Assert.Equal(expected, Pluralize.Of(count, "row"));
}
