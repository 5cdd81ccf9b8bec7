using System.Collections.Concurrent;

namespace Pix2Pix;

/// <summary>Produces items in the background before they are needed.</summary>
internal static class Prefetch
{
    /// <summary>
    /// Enumerates a source on a separate thread, prefetching a bounded number of items. An exception of the source is rethrown here, after
    /// the items that precede it. When the enumeration ends, by completion, an error, cancellation or early disposal, the source has also
    /// ended, after its current item, and items that were not consumed are disposed of.
    /// </summary>
    /// <param name="source">The source, enumerated on the other thread. Its token is canceled when the items are no longer needed.</param>
    /// <param name="items">The maximum number of waiting items, at least one. The source produces one more.</param>
    /// <param name="cancel">Cancels the enumeration with an <see cref="OperationCanceledException"/>.</param>
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

            // The source may observe the cancellation first and throw with another token.
            cancel.ThrowIfCancellationRequested();
            producer.GetAwaiter().GetResult();
        }
        finally
        {
            ended.Cancel();
            Task.WaitAny(producer); // does not throw
            _ = producer.Exception; // marks the exception as observed
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
