namespace Pix2Pix.Torch.Data;

/// <summary>
/// The order in which an epoch visits the rows: drawn through a window, so that rows which are streamed need not all be there.
/// </summary>
internal static class ShuffleWindow
{
    /// <summary>
    /// Fills the window, then draws each next row from it, and the row behind takes its place. Each row comes once. A window that holds
    /// all rows gives each order of them with the same probability.
    /// </summary>
    /// <param name="rows">Read once, a window ahead. What was drawn is let go.</param>
    /// <param name="window">The rows to draw from, at least one.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epoch">Another order for each epoch.</param>
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
