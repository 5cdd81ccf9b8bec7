namespace Pix2Pix.Core.Tests;

/// <summary>Waits end by events only; the limits apply only to tests that fail.</summary>
public class PrefetchTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public void Of_AnySource_GivesItsItemsInOrderFromAnotherThread()
    {
        var threads = new List<int>();
        int[] items = [.. Prefetch.Of(Source, items: 3, CancellationToken.None)];

        Assert.Equal(Enumerable.Range(0, 100), items);
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, threads);
        Assert.Single(threads.Distinct());

        IEnumerable<int> Source(CancellationToken ended)
        {
            for (var i = 0; i < 100; i++)
            {
                threads.Add(Environment.CurrentManagedThreadId);
                yield return i;
            }
        }
    }

    [Fact]
    public void Of_NoConsumer_StopsAtTheBound()
    {
        var source = new Countdown(100);
        using var items = Prefetch.Of(source.Read, items: 3, CancellationToken.None).GetEnumerator();

        Assert.True(items.MoveNext());
        Assert.True(SpinWait.SpinUntil(() => source.Made.Count == 5, Limit)); // one taken, three prefetched, one blocked
        for (var taken = 1; taken < 4; taken++)
            Assert.True(items.MoveNext());
        Assert.True(SpinWait.SpinUntil(() => source.Made.Count == 8, Limit));
    }

    [Fact]
    public void Of_SourceThrows_GivesTheItemsBeforeAndThenTheSameException()
    {
        var fault = new InvalidOperationException("the third");
        var items = new List<int>();

        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var item in Prefetch.Of(Source, items: 1, CancellationToken.None))
                items.Add(item);
        });

        Assert.Same(fault, error);
        Assert.Contains(nameof(Source), error.StackTrace);
        Assert.Equal([1, 2], items);

        IEnumerable<int> Source(CancellationToken ended)
        {
            yield return 1;
            yield return 2;
            throw fault;
        }
    }

    [Fact]
    public void Of_InTwoStages_PassesTheFirstOnesExceptionOn()
    {
        var fault = new IOException("of the first stage");
        var error = Assert.Throws<IOException>(() => Prefetch.Of(
            ended => Prefetch.Of(Faulty, items: 1, ended).Select(item => item + 1), items: 1, CancellationToken.None).Count());
        Assert.Same(fault, error);

        IEnumerable<int> Faulty(CancellationToken ended)
        {
            yield return 1;
            throw fault;
        }
    }

    [Fact]
    public void Of_DisposedEarly_EndsTheSourceAndDisposesOfWhatWaits()
    {
        var source = new Countdown(100);
        foreach (var item in Prefetch.Of(source.Read, items: 3, CancellationToken.None))
        {
            item.Dispose();
            if (item.Number == 2)
                break;
        }

        Assert.True(source.Ended); // no thread is left
        Assert.InRange(source.Made.Count, 3, 7);
        Assert.All(source.Made, item => Assert.True(item.Disposed));
    }

    [Fact]
    public void Of_CanceledWhileItWaits_ThrowsTheTokenAndEndsTheSource()
    {
        using var cancel = new CancellationTokenSource();
        var ended = false;

        var error = Assert.Throws<OperationCanceledException>(() => Prefetch.Of(Source, items: 1, cancel.Token).Count());

        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.True(ended);

        IEnumerable<int> Source(CancellationToken token)
        {
            try
            {
                cancel.Cancel();
                token.WaitHandle.WaitOne(Limit);
                token.ThrowIfCancellationRequested();
                yield return 1;
            }
            finally
            {
                ended = true;
            }
        }
    }

    [Fact]
    public void Of_NeverEnumerated_NeverStarts()
    {
        _ = Prefetch.Of<int>(_ => throw new InvalidOperationException("It starts."), items: 1, CancellationToken.None);
    }

    private sealed class Countdown(int count)
    {
        public List<Item> Made { get; } = [];

        public bool Ended { get; private set; }

        public IEnumerable<Item> Read(CancellationToken cancel)
        {
            try
            {
                for (var i = 0; i < count && !cancel.IsCancellationRequested; i++)
                {
                    var item = new Item(i);
                    Made.Add(item);
                    yield return item;
                }
            }
            finally
            {
                Ended = true;
            }
        }
    }

    private sealed class Item(int number) : IDisposable
    {
        public int Number => number;

        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }
}
