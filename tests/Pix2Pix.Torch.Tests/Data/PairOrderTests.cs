using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Data;

public class PairOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Shuffled_AnyCount_HoldsEachPositionOnce(int count)
        => Assert.Equal(Enumerable.Range(0, count), PairOrder.Shuffled(count, seed: 3, epoch: 1).Order());

    [Fact]
    public void Shuffled_SameSeedAndEpoch_IsTheSame()
        => Assert.Equal(PairOrder.Shuffled(100, seed: 3, epoch: 5), PairOrder.Shuffled(100, seed: 3, epoch: 5));

    [Fact]
    public void Shuffled_AnotherEpochOrSeed_IsAnother()
    {
        int[][] orders =
        [
            PairOrder.Shuffled(100, seed: 3, epoch: 1), PairOrder.Shuffled(100, seed: 3, epoch: 2),
            PairOrder.Shuffled(100, seed: 4, epoch: 1), [.. Enumerable.Range(0, 100)],
        ];
        Assert.Equal(4, orders.Select(o => string.Join(' ', o)).Distinct().Count());
    }
}
