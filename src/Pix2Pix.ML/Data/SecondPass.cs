using Microsoft.ML;
using Pix2Pix.Imaging;

namespace Pix2Pix.ML.Data;

/// <summary>A pass over rows that a first pass has counted and checked; the rows must be unchanged.</summary>
internal static class SecondPass
{
    /// <summary>Returns the pairs of the requested rows; the images of other rows are not read.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="columns">The columns that contain the pairs.</param>
    /// <param name="purpose">Defines which rows were counted, and the error message if they have changed.</param>
    /// <param name="ledger">The index from the first pass.</param>
    /// <param name="prepare">Makes a pair of two images and their name.</param>
    /// <param name="isAskedFor">Whether the row at a position among the counted rows is requested.</param>
    /// <param name="cancel">Cancels the pass.</param>
    /// <exception cref="PairDataException">A row has changed since the first pass.</exception>
    public static IEnumerable<ImagePair> Read(
        IDataView view,
        PairColumns columns,
        DatasetRole purpose,
        DatasetIndex ledger,
        Func<PixelImage, PixelImage, string?, ImagePair> prepare,
        Func<int, bool> isAskedFor,
        CancellationToken cancel)
    {
        using var rows = new PairCursor(view, columns, purpose);
        var read = 0;
        for (; rows.MoveNext(); read++)
        {
            cancel.ThrowIfCancellationRequested();
            if (read == ledger.Count)
                throw Changed($"{rows.Name}: the first pass ended before it, after {ledger.Count} rows.");
            if (!isAskedFor(read))
                continue;
            var pair = rows.Read(prepare, out var problem) ?? throw Changed($"{rows.Name}: {problem}");
            if (!ledger.Knows(read, pair))
                throw Changed($"{rows.Name}: its images are not those of the first pass.");
            yield return pair;
        }

        if (read < ledger.Count)
            throw Changed($"{purpose.Row} {rows.Row + 1}: it is missing; the first pass had {ledger.Count} rows.");

        PairDataException Changed(string problem) => new(purpose.Changed, [problem]);
    }
}
