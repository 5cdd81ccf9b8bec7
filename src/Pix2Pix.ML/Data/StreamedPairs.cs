using Microsoft.ML;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>Pairs that do not fit into memory: each pass opens a cursor and decodes them again.</summary>
internal sealed class StreamedPairs : IPairSource
{
    private readonly IDataView _view;
    private readonly PairColumns _columns;
    private readonly PairPurpose _purpose;
    private readonly PairPreparation _preparation;
    private readonly PairLedger _ledger;
    private readonly PixelPool _pool = new();

    /// <param name="view">The rows.</param>
    /// <param name="columns">Where its pairs are.</param>
    /// <param name="purpose">Which of the rows these are.</param>
    /// <param name="preparation">Prepares each pair.</param>
    /// <param name="ledger">The notes of the first pass.</param>
    public StreamedPairs(IDataView view, PairColumns columns, PairPurpose purpose, PairPreparation preparation, PairLedger ledger)
    {
        _view = view;
        _columns = columns;
        _purpose = purpose;
        _preparation = preparation;
        _ledger = ledger;
    }

    public int Count => _ledger.Count;

    /// <summary>That of the same pairs in memory.</summary>
    public string Fingerprint => _ledger.Fingerprint;

    /// <exception cref="PairDataException">A row is not what it was in the first pass.</exception>
    public IEnumerable<ImagePair> Read(CancellationToken cancel)
    {
        using var rows = new PairCursor(_view, _columns, _purpose);
        var read = 0;
        for (; rows.MoveNext(); read++)
        {
            cancel.ThrowIfCancellationRequested();
            if (read == Count)
                throw Changed($"{rows.Name}: the first pass ended before it, after {Count} rows.");
            var pair = rows.Read(_preparation.Prepare, out var problem) ?? throw Changed($"{rows.Name}: {problem}");
            if (!_ledger.Knows(read, pair))
                throw Changed($"{rows.Name}: its images are not those of the first pass.");
            yield return _pool.Keep(pair);
        }

        if (read < Count)
            throw Changed($"{_purpose.Row} {rows.Row + 1}: it is missing; the first pass had {Count} rows.");
    }

    public void Return(ImagePair pair) => _pool.Return(pair);

    private PairDataException Changed(string problem) => new(_purpose.Changed, [problem]);
}
