namespace Pix2Pix.Core.Tests;

public class SeedsTests
{
    [Fact]
    public void Derive_AnyPartChanged_GivesAnotherSeed()
    {
        int[] seeds =
        [
            Seeds.Derive(1, Seeds.Stream.Order), Seeds.Derive(2, Seeds.Stream.Order), Seeds.Derive(-1, Seeds.Stream.Order),
            Seeds.Derive(1, Seeds.Stream.Dropout), Seeds.Derive(1, Seeds.Stream.Order, 1), Seeds.Derive(1, Seeds.Stream.Order, 0, 1),
            Seeds.Derive(1, Seeds.Stream.Order, 1, 1), Seeds.Derive(1, Seeds.Stream.Order, 2, 0),
        ];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }

    /// <summary>Pinned: another derivation would change every training that names a seed.</summary>
    [Fact]
    public void Derive_FixedParts_GivesAFixedSeed()
        => Assert.Equal(-1816204974, Seeds.Derive(7, Seeds.Stream.Augmentation, 3, 11));
}
