using Microsoft.ML;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>Reads the rows of a view once, and keeps them where they fit the memory budget.</summary>
internal sealed class PairReader
{
    private readonly PairColumns _columns;
    private readonly int? _seed;
    private readonly long _budget;
    private readonly Pix2PixLog _log;

    /// <param name="columns">Where the pairs are.</param>
    /// <param name="seed">For the log.</param>
    /// <param name="budget">The bytes that pairs may take in memory.</param>
    /// <param name="log">Told of the pairs.</param>
    public PairReader(PairColumns columns, int? seed, long budget, Pix2PixLog log)
    {
        _columns = columns;
        _seed = seed;
        _budget = budget;
        _log = log;
    }

    /// <summary>
    /// All pairs of a purpose, in memory or, where they exceed the budget, to be decoded again in each pass. The view's images are neither
    /// kept nor disposed of.
    /// </summary>
    /// <exception cref="PairDataException">There are no rows, or some cannot be used: all of them are named.</exception>
    /// <exception cref="ArgumentException">What has to be in memory alone exceeds the budget.</exception>
    public IPairSource Read(IDataView view, PairPurpose purpose, CancellationToken cancel)
    {
        var pairs = purpose.NewSet();
        var ledger = new PairLedger(purpose.Window);
        var problems = new List<string>();
        long all;
        using (var rows = new PairCursor(view, _columns, purpose))
        {
            while (rows.MoveNext())
            {
                cancel.ThrowIfCancellationRequested();
                if (rows.Read(ledger.Bytes <= _budget ? pairs.Add : pairs.Preparation.Prepare, out var problem) is { } pair)
                    ledger.Add(pair);
                else
                    problems.Add($"{rows.Name}: {problem}");
                if (ledger.Bytes <= _budget || pairs.Count == 0)
                    continue;

                // Drops what was kept; the pass goes on to find faulty rows. Old and as large as the budget, it would otherwise stay beside
                // what is read from here on.
                pairs = purpose.NewSet();
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }

            all = rows.Row;
        }

        Check(ledger, problems, purpose, all);
        var name = $"{ledger.Count} pairs of {ledger.Sizes} pixels{purpose.Aim}";
        _log.Info($"{Describe(ledger, name, purpose)}; seed {_seed}.");
        return ledger.Bytes <= _budget ? pairs : new StreamedPairs(view, _columns, purpose, pairs.Preparation, ledger);
    }

    private void Check(PairLedger ledger, List<string> problems, PairPurpose purpose, long all)
    {
        if (problems.Count > 0)
        {
            var read = problems.Count + ledger.Count;
            var numbers = read == all ? string.Empty : $" (the data has {all}, and they are numbered over all of these)";
            throw new PairDataException(
                $"{problems.Count} of {read} rows cannot be {purpose.Verb}{numbers}. Mend them or filter them out:",
                problems);
        }

        if (ledger.Count == 0)
            throw new PairDataException(purpose.None, []);

        if (ledger.Bytes > _budget && ledger.WindowBytes > _budget)
        {
            var window = Math.Min(purpose.Window, ledger.Count);
            var fitting = (long)(window * ((double)_budget / ledger.WindowBytes));
            var smaller = fitting > 0 ? $", or {purpose.WindowName} to {fitting} or less" : string.Empty;
            throw new ArgumentException(
                $"The {ledger.Count} pairs take {ledger.Bytes} bytes and have to be streamed, but {window} of them, which " +
                $"{purpose.WindowName} keeps in memory, take {ledger.WindowBytes} bytes; MemoryBudget is {_budget}. Set MemoryBudget to {ledger.WindowBytes} or " +
                $"more{smaller}.");
        }
    }

    private string Describe(PairLedger ledger, string pairs, PairPurpose purpose)
    {
        var (all, budget) = (Pix2PixLog.Size(ledger.Bytes), Pix2PixLog.Size(_budget));
        return ledger.Bytes <= _budget
            ? $"{pairs} in memory: {all} of the budget of {budget}"
            : $"{pairs} take {all}, more than the budget of {budget}: streamed in each epoch, through a window of {purpose.Window} pairs " +
            $"that takes {Pix2PixLog.Size(ledger.WindowBytes)}";
    }
}
