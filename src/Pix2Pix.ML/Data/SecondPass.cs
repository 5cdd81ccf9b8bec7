using Microsoft.ML;
using Pix2Pix.Imaging;

namespace Pix2Pix.ML.Data;

/// <summary>A pass over rows that a first one has counted and checked: they have to be what they were then.</summary>
internal static class SecondPass
{
    /// <summary>The pairs of the rows that are asked for; the images of all others are left alone.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="columns">Where their pairs are.</param>
    /// <param name="purpose">Which of the rows were counted, and what is said where they changed.</param>
    /// <param name="ledger">The notes of the first pass.</param>
    /// <param name="prepare">Makes a pair of two images and what it is called.</param>
    /// <param name="isAskedFor">Told the position among the counted rows.</param>
    /// <param name="cancel">Ends the pass.</param>
    /// <exception cref="PairDataException">A row is not what it was in the first pass.</exception>
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
