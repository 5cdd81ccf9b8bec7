namespace Pix2Pix.Torch.Data;

/// <summary>
/// Determines the order of the rows in an epoch. Rows are drawn from a window, so that streamed rows need not all be in memory.
/// </summary>
internal static class ShuffleWindow
{
    /// <summary>
    /// Fills the window, then repeatedly draws a row from it and replaces it with the next row of the source. Each row is returned once. If
    /// the window holds all rows, every order has the same probability.
    /// </summary>
    /// <param name="rows">The rows, which are read once, one window ahead. Rows that were drawn are not retained.</param>
    /// <param name="window">The number of rows to draw from, at least one.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epoch">The epoch; each epoch has its own order.</param>
    public static IEnumerable<T> Order<T>(IEnumerable<T> rows, int window, int seed, int epoch)
    {
        var random = new Random(Seeds.Derive(seed, Seeds.Purpose.Order, epoch));
        var waiting = new List<T>();
        foreach (var row in rows)
        {
            if (waiting.Count < window)
            {
                waiting.Add(row);
                continue;
            }

            var drawn = random.Next(window);
            var next = waiting[drawn];
            waiting[drawn] = row;
            yield return next;
        }

        while (waiting.Count > 0)
        {
            var drawn = random.Next(waiting.Count);
            var next = waiting[drawn];
            waiting[drawn] = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
            yield return next;
        }
    }
}
