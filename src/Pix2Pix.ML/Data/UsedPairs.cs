using Microsoft.ML;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>The pairs of a larger set that are used, evenly spread, after a first pass has counted and checked them all.</summary>
internal static class UsedPairs
{
    /// <summary>Reads them into memory; the images of all other rows are left alone.</summary>
    /// <exception cref="PairDataException">A row is not what it was in the first pass.</exception>
    public static ImagePairs Read(IDataView view, PairColumns columns, PairPurpose purpose, PairLedger ledger, CancellationToken cancel)
    {
        var pairs = purpose.NewSet();
        using var rows = new PairCursor(view, columns, purpose);
        var read = 0;
        for (; rows.MoveNext(); read++)
        {
            cancel.ThrowIfCancellationRequested();
            if (read == ledger.Count)
                throw Changed($"{rows.Name}: the first pass ended before it, after {ledger.Count} rows.");
            if (!EvenSpread.Includes(read, ledger.Count, purpose.Window))
                continue;
            var pair = rows.Read(pairs.Add, out var problem) ?? throw Changed($"{rows.Name}: {problem}");
            if (!ledger.Knows(read, pair))
                throw Changed($"{rows.Name}: its images are not those of the first pass.");
        }

        return read == ledger.Count
            ? pairs
            : throw Changed($"{purpose.Row} {rows.Row + 1}: it is missing; the first pass had {ledger.Count} rows.");

        PairDataException Changed(string problem) => new(purpose.Changed, [problem]);
    }
}
