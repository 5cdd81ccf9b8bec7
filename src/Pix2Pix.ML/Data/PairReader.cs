using Microsoft.ML;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Reads the rows of views once and keeps the pairs in memory if they fit the memory budget, which all views share. Not thread-safe.
/// </summary>
/// <param name="columns">The columns that contain the pairs.</param>
/// <param name="seed">The seed, for the log.</param>
/// <param name="budget">The maximum number of bytes of the pairs in memory.</param>
/// <param name="log">Receives messages about the pairs.</param>
internal sealed class PairReader(PairColumns columns, int? seed, long budget, Pix2PixLog log)
{
    private long _taken; // by the sets read earlier

    private long Left => budget - _taken;

    /// <summary>
    /// Reads all pairs of a role. Pairs are kept in memory, or decoded again in each pass if they exceed the budget; if only a subset is
    /// used, it is kept in memory. All rows are checked. The view's images are neither kept nor disposed of.
    /// </summary>
    /// <exception cref="PairDataException">There are no rows, or some cannot be used; the message names all of them.</exception>
    /// <exception cref="ArgumentException">The pairs that must be in memory exceed the budget.</exception>
    public IPairSource Read(IDataView view, DatasetRole purpose, CancellationToken cancel)
    {
        var pairs = purpose.NewSet();
        var ledger = new DatasetIndex(purpose.Window);
        var problems = new List<string>();
        long inView;
        using (var rows = new PairCursor(view, columns, purpose))
        {
            while (rows.MoveNext())
            {
                cancel.ThrowIfCancellationRequested();
                if (rows.Read(IsKept(ledger, purpose) ? pairs.Keep : pairs.Preparation.Prepare, out var problem) is { } pair)
                    ledger.Add(pair);
                else
                    problems.Add($"{rows.Name}: {problem}");
                if (IsKept(ledger, purpose) || pairs.Count == 0)
                    continue;

                // Drops the pairs read so far; the pass continues to find faulty rows. The dropped set is in an old garbage collection
                // generation and as large as the budget, and would otherwise stay in memory next to what is read from here on.
                pairs = purpose.NewSet();
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }

            inView = rows.Row;
        }

        Check(ledger, problems, purpose, inView);
        log.Info($"{Describe(ledger, purpose)}; seed {seed}.");
        var isKept = IsKept(ledger, purpose);
        _taken += isKept ? ledger.Bytes : ledger.WindowBytes;
        if (isKept)
            return pairs;
        return purpose.UsesWindowAlone
            ? ReadSubset(view, purpose, ledger, cancel)
            : new StreamedPairs(view, columns, purpose, pairs.Preparation, ledger);
    }

    // The evenly spaced subset that is used. The images of other rows are not read.
    private ImagePairs ReadSubset(IDataView view, DatasetRole purpose, DatasetIndex ledger, CancellationToken cancel)
    {
        var pairs = purpose.NewSet();
        var used = SecondPass.Read(
            view, columns, purpose, ledger, pairs.Keep, row => EvenlySpacedSubset.Includes(row, ledger.Count, purpose.Window), cancel);
        foreach (var _ in used)
        {
            // Each is added as it is prepared.
        }

        return pairs;
    }

    private bool IsKept(DatasetIndex ledger, DatasetRole purpose)
        => ledger.Bytes <= Left && (!purpose.UsesWindowAlone || ledger.Count <= purpose.Window);

    private void Check(DatasetIndex ledger, List<string> problems, DatasetRole purpose, long inView)
    {
        if (problems.Count > 0)
        {
            var read = problems.Count + ledger.Count;
            var numbers = read == inView ? string.Empty : $" (row numbers count all {inView} rows of the data)";
            throw new PairDataException(
                $"{problems.Count} of {read} rows cannot be {purpose.Verb}{numbers}. Fix these rows or filter them out:",
                problems);
        }

        if (ledger.Count == 0)
            throw new PairDataException(purpose.None(inView), []);

        if ((purpose.UsesWindowAlone || ledger.Bytes > Left) && ledger.WindowBytes > Left)
        {
            var window = Math.Min(purpose.Window, ledger.Count);
            var fitting = Left > 0 ? (long)(window * ((double)Left / ledger.WindowBytes)) : 0;
            var smaller = fitting > 0 ? $", or {purpose.WindowName} to {fitting} or less" : string.Empty;
            var what = purpose.UsesWindowAlone
                ? $"The {window}{purpose.Aim} pairs that {purpose.WindowName} keeps in memory take {ledger.WindowBytes} bytes"
                : $"The {ledger.Count} pairs take {ledger.Bytes} bytes and must be streamed, but the {window} pairs that " +
                $"{purpose.WindowName} keeps in memory take {ledger.WindowBytes} bytes";
            var taken = _taken > 0 ? $", of which the validation pairs take {_taken}" : string.Empty;
            throw new ArgumentException(
                $"{what}; MemoryBudget is {budget}{taken}. Set MemoryBudget to {_taken + ledger.WindowBytes} or more{smaller}.");
        }
    }

    private string Describe(DatasetIndex ledger, DatasetRole purpose)
    {
        var name = $"{ledger.Count}{purpose.Aim} pairs of {ledger.Sizes} pixels";
        var room = $"the budget of {Pix2PixLog.Size(budget)}" + (_taken > 0 ? $" minus {Pix2PixLog.Size(_taken)} for validation" : "");
        if (IsKept(ledger, purpose))
            return $"{name}, kept in memory: {Pix2PixLog.Size(ledger.Bytes)} of {room}";
        return purpose.UsesWindowAlone
            ? $"{name}, {purpose.Window} of which are used and kept in memory: {Pix2PixLog.Size(ledger.WindowBytes)} of {room}"
            : $"{name} take {Pix2PixLog.Size(ledger.Bytes)}, more than {room}; they are streamed in each epoch through a shuffle window " +
            $"of {purpose.Window} pairs ({Pix2PixLog.Size(ledger.WindowBytes)})";
    }
}

/// <summary>
/// Images cannot be used for training or evaluation. Loaders throw it with every faulty file. Fit throws it before the first step, and an
/// evaluation at its end, with every faulty row. If rows are streamed, a later epoch throws it with the first row that has changed.
/// </summary>
public sealed class PairDataException : Pix2PixException
{
    /// <summary>The maximum number of rows that the message lists; <see cref="Problems"/> contains all of them.</summary>
    private const int Listed = 100;

    internal PairDataException(string headline, IReadOnlyList<string> problems) : base(Describe(headline, problems))
        => Problems = problems;

    private PairDataException(string message, IEnumerable<string> problems) : base(message) => Problems = [.. problems];

    /// <summary>One sentence per fault, in the order of the rows or of the file paths.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Throws the given exceptions, combined into one, if there are any.</summary>
    internal static void ThrowAny(params IEnumerable<PairDataException?> errors)
    {
        PairDataException[] all = [.. errors.OfType<PairDataException>()];
        if (all.Length > 0)
        {
            throw new PairDataException(
                string.Join('\n', all.Select(error => error.Message).Distinct()), all.SelectMany(error => error.Problems));
        }
    }

    private static string Describe(string headline, IReadOnlyList<string> problems)
    {
        var lines = problems.Take(Listed).Select(problem => $"  {problem}");
        var rest = problems.Count > Listed ? $"\n  ... and {problems.Count - Listed} more." : string.Empty;
        return problems.Count == 0 ? headline : $"{headline}\n{string.Join('\n', lines)}{rest}";
    }
}
