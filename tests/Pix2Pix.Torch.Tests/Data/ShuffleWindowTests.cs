using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Data;

public class ShuffleWindowTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(100, 100)]
    [InlineData(100, 99)]
    [InlineData(100, 7)]
    [InlineData(100, 1)]
    public void Order_AnyCountAndWindow_GivesEachRowOnce(int count, int window)
        => Assert.Equal(Enumerable.Range(0, count), Order(count, window).Order());

    [Fact]
    public void Order_WindowOfOne_KeepsTheOrder() => Assert.Equal(Enumerable.Range(0, 20), Order(20, window: 1));

    /// <summary>The order must not change, so that trainings can be resumed after an update of the library.</summary>
    [Fact]
    public void Order_KnownSeed_IsUnchanged() => Assert.Equal([1, 0, 4, 2, 5, 3, 7, 8, 6, 9], Order(10, window: 3));

    [Fact]
    public void Order_SameSeedAndEpoch_IsTheSame() => Assert.Equal(Order(100, 10, seed: 3, epoch: 5), Order(100, 10, seed: 3, epoch: 5));

    [Fact]
    public void Order_AnotherEpochOrSeed_IsAnother()
    {
        int[][] orders = [Order(100, 100), Order(100, 100, epoch: 2), Order(100, 100, seed: 4), [.. Enumerable.Range(0, 100)]];
        Assert.Equal(4, orders.Select(order => string.Join(' ', order)).Distinct().Count());
    }

    /// <summary>Mean positions of 4000 orders of 10 rows: 4.5 with a standard deviation of 2.87 / sqrt(4000) = 0.045.</summary>
    [Fact]
    public void Order_WindowContainsAllRows_PutsEachRowAnywhere()
    {
        var places = new int[10, 10];
        for (var epoch = 0; epoch < 4000; epoch++)
        {
            foreach (var (place, row) in Order(10, window: 10, epoch: epoch).Index())
                places[row, place]++;
        }

        for (var row = 0; row < 10; row++)
        {
            int[] counts = [.. Enumerable.Range(0, 10).Select(place => places[row, place])];
            Assert.Equal(4.5, counts.Select((count, place) => count * place).Sum() / 4000.0, 0.2);
            Assert.All(counts, count => Assert.InRange(count, 320, 480)); // 400 with a standard deviation of 19
        }
    }

    /// <summary>
    /// A row enters the window at its position minus the window, and stays for a geometrically distributed time with the window as mean.
    /// </summary>
    [Fact]
    public void Order_SmallWindow_MovesEachRowByAboutAWindow()
    {
        const int epochs = 2000, count = 60, window = 6;
        var sums = new double[count];
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            int[] order = Order(count, window, epoch: epoch);
            Assert.All(order.Index(), drawn => Assert.True(drawn.Item <= drawn.Index + window - 1, "A row is drawn before it is read."));
            foreach (var (place, row) in order.Index())
                sums[row] += place;
        }

        // Away from both ends: enters as row - window + 1, and is drawn with probability 1/6 each time from then on: 5 more on average.
        for (var row = window; row < count - (4 * window); row++)
            Assert.Equal(row, sums[row] / epochs, 0.6); // standard deviation sqrt(30 / 2000) = 0.12
    }

    [Fact]
    public void Order_Streamed_ReadsAWindowAheadAndNoMore()
    {
        var read = 0;
        using var order = ShuffleWindow.Order(Enumerable.Range(0, 50).Select(row => read = row + 1), window: 8, seed: 3, epoch: 1).GetEnumerator();
        for (var drawn = 0; drawn < 40; drawn++)
        {
            Assert.True(order.MoveNext());
            Assert.Equal(8 + drawn + 1, read);
        }
    }

    private static int[] Order(int count, int window, int seed = 3, int epoch = 1)
        => [.. ShuffleWindow.Order(Enumerable.Range(0, count), window, seed, epoch)];
}
