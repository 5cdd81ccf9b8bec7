using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Data;

[Collection(TorchCollection.Name)]
public class BatchReaderTests
{
    private const int Count = 11;

    private static readonly TrainingOptions Options = TinyTraining.Options with { ShuffleWindow = 4 };

    private static readonly ImagePairs Kept = TinyTraining.Pairs(Count, Options);

    private static PairLists Streamed => new(Enumerable.Range(0, Count).Select(i => Kept[i]).ToArray());

    [Theory]
    [InlineData(4)]
    [InlineData(1000)]
    public void Epoch_KeptOrStreamedOrOnTheDevice_IsTheSame(int window)
    {
        var options = Options with { ShuffleWindow = window };

        var kept = Epoch(Kept, options);
        var streamed = Epoch(Streamed, options);
        var onDevice = Epoch(Streamed, options, keepsOnDevice: true);

        Assert.Equal([2, 2, 2, 2, 2, 1], kept.Select(batch => batch.Rows.Length));
        Assert.Equal(Enumerable.Range(0, Count), kept.SelectMany(batch => batch.Rows).Order());
        AssertSame(kept, streamed);
        AssertSame(kept, onDevice);
    }

    [Fact]
    public void Epoch_AllPairs_AreReturnedOnce()
    {
        var source = Streamed;

        Epoch(source, Options);

        Assert.Equal(Count, source.Returned.Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.Equal(Count, source.Returned.Count);
    }

    [Fact]
    public void Epoch_Another_HasAnotherOrderAndOtherCrops()
    {
        var (first, second) = (Epoch(Kept, Options, epoch: 1), Epoch(Kept, Options, epoch: 2));
        Assert.NotEqual(first.SelectMany(batch => batch.Rows), second.SelectMany(batch => batch.Rows));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Epoch_FromABatchOn_IsTheRestOfTheEpoch(bool keepsOnDevice)
    {
        var all = Epoch(Streamed, Options, keepsOnDevice);
        AssertSame(all[3..], Epoch(Streamed, Options, keepsOnDevice, firstBatch: 3));
        Assert.Empty(Epoch(Streamed, Options, keepsOnDevice, firstBatch: 6));
    }

    [Fact]
    public void Epoch_OnTheDevice_ReadsTheSourceOnce()
    {
        var source = Streamed;
        using var reader = Reader(source, Options, keepsOnDevice: true);
        for (var epoch = 1; epoch <= 3; epoch++)
            Assert.Equal(6, Taken(reader.Epoch(epoch, 0, CancellationToken.None)).Length);
        Assert.Equal((1, 1), (source.Begun, source.Ended));
    }

    [Theory]
    [InlineData(1.5, 0.0)]
    [InlineData(1.0, 0.1)]
    public void Epoch_ScaledOrColored_UsesTheHost(double scale, double jitter)
    {
        var options = Options with { Augmentation = new() { MaxScale = scale, InputColorJitter = jitter } };
        AssertSame(Epoch(Kept, options), Epoch(Streamed, options, keepsOnDevice: true));
    }

    /// <summary>A training allocates its batches once: memory use does not grow with the number of steps.</summary>
    [Fact]
    public void Epoch_Many_UseTheSameMemoryAgain()
    {
        var options = Options with { BatchSize = 1 };
        using var reader = Reader(Streamed, options);
        var most = 0L;
        var before = Tensors.Living();
        for (var epoch = 1; epoch <= 20; epoch++)
        {
            foreach (var batch in reader.Epoch(epoch, 0, CancellationToken.None))
                batch.Dispose();
            most = Math.Max(most, Tensors.Living() - before);
        }

        Assert.InRange(most, 2, 2 * 10); // input and target of eight prefetched batches, one being created and one in use
    }

    [Fact]
    public void Epoch_LeftEarly_LeavesNeitherTensorNorReader()
    {
        var source = Streamed;
        var before = Tensors.Living();

        using (var reader = Reader(source, Options))
        {
            foreach (var batch in reader.Epoch(1, 0, CancellationToken.None))
            {
                batch.Dispose();
                break;
            }
        }

        Assert.Equal((1, 1), (source.Begun, source.Ended));
        Assert.Equal(before, Tensors.Living());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Epoch_SourceFails_ThrowsItsException(bool keepsOnDevice)
    {
        var source = new PairLists(Enumerable.Range(0, Count).Select(i => Kept[i]).ToArray(), faultAt: 9);
        var before = Tensors.Living();

        using (var reader = Reader(source, Options, keepsOnDevice))
            Assert.Same(PairLists.Fault, Assert.Throws<IOException>(() => Taken(reader.Epoch(1, 0, CancellationToken.None))));

        Assert.Equal((1, 1), (source.Begun, source.Ended));
        Assert.Equal(before, Tensors.Living());
    }

    [Theory]
    [InlineData(10, false, "The pair source returned more than 10 pairs, but its Count reports 10.")]
    [InlineData(12, false, "The pair source returned 11 pairs, but its Count reports 12.")]
    [InlineData(10, true, "The pair source returned more than 10 pairs, but its Count reports 10.")]
    [InlineData(12, true, "The pair source returned 11 pairs, but its Count reports 12.")]
    public void Epoch_SourceCountsWrongly_ReportsIt(int count, bool keepsOnDevice, string message)
    {
        using var reader = Reader(new PairLists(Enumerable.Range(0, Count).Select(i => Kept[i]).ToArray(), count), Options, keepsOnDevice);
        var error = Assert.Throws<InvalidOperationException>(() => Taken(reader.Epoch(1, 0, CancellationToken.None)));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Epoch_Canceled_Throws(bool keepsOnDevice)
    {
        using var reader = Reader(Streamed, Options, keepsOnDevice);
        var token = new CancellationToken(canceled: true);
        Assert.Equal(token, Assert.Throws<OperationCanceledException>(() => Taken(reader.Epoch(1, 0, token))).CancellationToken);
    }

    private static void AssertSame(TakenBatch[] expected, TakenBatch[] actual)
    {
        Assert.Equal(expected.SelectMany(batch => batch.Rows), actual.SelectMany(batch => batch.Rows));
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.Equal(one.Input, other.Input);
            Assert.Equal(one.Target, other.Target);
        }
    }

    private static BatchReader Reader(IPairSource source, TrainingOptions options, bool? keepsOnDevice = null)
        => new(source, TinyTraining.Generator, options, CPU, keepsOnDevice);

    private static TakenBatch[] Epoch(
        IPairSource source, TrainingOptions options, bool? keepsOnDevice = null, int firstBatch = 0, int epoch = 1)
    {
        using var reader = Reader(source, options, keepsOnDevice);
        return Taken(reader.Epoch(epoch, firstBatch, CancellationToken.None));
    }

    private static TakenBatch[] Taken(IEnumerable<PairBatch> batches)
    {
        var taken = new List<TakenBatch>();
        foreach (var batch in batches)
        {
            using (batch)
                taken.Add(new TakenBatch(batch.Rows, Tensors.Floats(batch.Input), Tensors.Floats(batch.Target)));
        }

        return [.. taken];
    }

    private sealed record TakenBatch(int[] Rows, float[] Input, float[] Target);
}
