using System.Collections.Concurrent;

namespace Pix2Pix;

/// <summary>Work ahead of who needs its results.</summary>
internal static class Prefetch
{
    /// <summary>
    /// The items of a source that runs on a thread of its own, a bounded number of items ahead. What the source throws is thrown here,
    /// after the items before it. However the enumeration ends, by an error, a cancellation or an early disposal: the source has ended,
    /// too, after the item it was at, and items that nobody took are disposed of.
    /// </summary>
    /// <param name="source">Enumerated on the other thread; its token says that nobody waits any more.</param>
    /// <param name="items">How many items may wait, at least one; the source makes one more.</param>
    /// <param name="cancel">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    public static IEnumerable<T> Of<T>(Func<CancellationToken, IEnumerable<T>> source, int items, CancellationToken cancel)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var queue = new BlockingCollection<T>(items);
        var token = ended.Token;
        var producer = Task.Factory.StartNew(
            () => Fill(queue, source, token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var item in queue.GetConsumingEnumerable(cancel))
                yield return item;

            // The source may have seen the cancellation first, and then throws another token's.
            cancel.ThrowIfCancellationRequested();
            producer.GetAwaiter().GetResult();
        }
        finally
        {
            ended.Cancel();
            Task.WaitAny(producer); // does not throw
            _ = producer.Exception; // seen: nobody waits for it any more
            foreach (var item in queue)
                (item as IDisposable)?.Dispose();
        }
    }

    private static void Fill<T>(BlockingCollection<T> queue, Func<CancellationToken, IEnumerable<T>> source, CancellationToken ended)
    {
        try
        {
            foreach (var item in source(ended))
                Add(queue, item, ended);
        }
        finally
        {
            queue.CompleteAdding();
        }
    }

    private static void Add<T>(BlockingCollection<T> queue, T item, CancellationToken ended)
    {
        try
        {
            queue.Add(item, ended);
        }
        catch
        {
            (item as IDisposable)?.Dispose();
            throw;
        }
    }
}
