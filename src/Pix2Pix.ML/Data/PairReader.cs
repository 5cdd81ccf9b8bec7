using Microsoft.ML;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.ML.Data;

/// <summary>Reads the rows of a view once, and keeps them where they fit the memory budget.</summary>
internal sealed class PairReader
{
    private readonly PairColumns _columns;
    private readonly GeneratorOptions _generator;
    private readonly TrainingOptions _training;
    private readonly long _budget;
    private readonly Pix2PixLog _log;

    public PairReader(PairColumns columns, GeneratorOptions generator, TrainingOptions training, long budget, Pix2PixLog log)
    {
        _columns = columns;
        _generator = generator;
        _training = training;
        _budget = budget;
        _log = log;
    }

    /// <summary>
    /// All pairs, in memory or, where they exceed the budget, to be decoded again in each epoch. The view's images are neither kept nor
    /// disposed of.
    /// </summary>
    /// <exception cref="PairDataException">There are no rows, or some cannot be learnt from: all of them are named.</exception>
    /// <exception cref="ArgumentException">The shuffle window alone exceeds the budget.</exception>
    public IPairSource Read(IDataView view, CancellationToken cancel)
    {
        var pairs = new ImagePairs(_generator, _training);
        var ledger = new PairLedger(_training.ShuffleWindow);
        var problems = new List<string>();
        using (var rows = new PairCursor(view, _columns))
        {
            while (rows.MoveNext())
            {
                cancel.ThrowIfCancellationRequested();
                if (rows.Read(ledger.Bytes <= _budget ? pairs.Add : pairs.Prepare, out var problem) is { } pair)
                    ledger.Add(pair);
                else
                    problems.Add($"{rows.Name}: {problem}");
                if (ledger.Bytes > _budget && pairs.Count > 0)
                    pairs = new ImagePairs(_generator, _training); // drops what was kept; the pass goes on to find faulty rows
            }
        }

        Check(ledger, problems);
        _log.Info($"{Describe(ledger, $"{ledger.Count} pairs of {pairs.LoadWidth}x{pairs.LoadHeight} pixels")}; seed {_training.Seed}.");
        return ledger.Bytes <= _budget ? pairs : new StreamedPairs(view, _columns, pairs, ledger);
    }

    private void Check(PairLedger ledger, List<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new PairDataException(
                $"{problems.Count} of {problems.Count + ledger.Count} rows cannot be learnt from. Mend them or filter them out:", problems);
        }

        if (ledger.Count == 0)
            throw new PairDataException("The data has no rows; expected at least one pair of images.", []);

        if (ledger.Bytes > _budget && ledger.WindowBytes > _budget)
        {
            var window = Math.Min(_training.ShuffleWindow, ledger.Count);
            var fitting = (long)(window * ((double)_budget / ledger.WindowBytes));
            var smaller = fitting > 0 ? $", or Training.ShuffleWindow to {fitting} or less" : string.Empty;
            throw new ArgumentException(
                $"The {ledger.Count} pairs take {ledger.Bytes} bytes and have to be streamed, but {window} of them, which Training.ShuffleWindow " +
                $"keeps in memory, take {ledger.WindowBytes} bytes; MemoryBudget is {_budget}. Set MemoryBudget to {ledger.WindowBytes} or " +
                $"more{smaller}.");
        }
    }

    private string Describe(PairLedger ledger, string pairs)
    {
        var (all, budget) = (Pix2PixLog.Size(ledger.Bytes), Pix2PixLog.Size(_budget));
        return ledger.Bytes <= _budget
            ? $"{pairs} in memory: {all} of the budget of {budget}"
            : $"{pairs} take {all}, more than the budget of {budget}: streamed in each epoch, through a window of {_training.ShuffleWindow} pairs " +
            $"that takes {Pix2PixLog.Size(ledger.WindowBytes)}";
    }
}
