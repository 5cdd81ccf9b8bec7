using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests.Data;

public sealed class DecodingMemoryTests
{
    [Fact]
    public async Task Reserve_MoreThanFits_WaitsForTheOthers()
    {
        var memory = new DecodingMemory(maxPixels: 100);
        var (first, second) = (memory.Reserve(60), memory.Reserve(40));

        var third = Task.Run(() => memory.Reserve(50), TestContext.Current.CancellationToken);
        second.Dispose();
        Assert.False(third.IsCompleted);
        first.Dispose();

        (await third).Dispose();
    }

    [Fact]
    public void Reserve_AnImageLargerThanAll_IsDecodedAlone()
    {
        var memory = new DecodingMemory(maxPixels: 100);

        memory.Reserve(1000).Dispose();
        memory.Reserve(100).Dispose();
    }

    [Fact]
    public void Reserve_ManyThreads_NeverExceedTheBound()
    {
        const int Bound = 100;
        var memory = new DecodingMemory(Bound);
        var (now, most) = (0, 0);
        var count = new Lock();

        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            var pixels = 1 + (i * 37 % 90);
            using var _ = memory.Reserve(pixels);
            lock (count)
                most = Math.Max(most, now += pixels);
            Thread.Yield();
            lock (count)
                now -= pixels;
        });

        Assert.InRange(most, 90, Bound);
    }
}
