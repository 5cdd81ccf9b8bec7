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
    public IPairSource Read(IDataView view, DatasetRole role, CancellationToken cancel)
    {
        var pairs = role.NewSet();
        var index = new DatasetIndex(role.Window);
        var problems = new List<string>();
        long inView;
        using (var rows = new PairCursor(view, columns, role))
        {
            while (rows.MoveNext())
            {
                cancel.ThrowIfCancellationRequested();
                if (rows.Read(FitsInMemory(index, role) ? pairs.AddPrepared : pairs.Preparation.Prepare, out var problem) is { } pair)
                    index.Add(pair);
                else
                    problems.Add($"{rows.Name}: {problem}");
                if (FitsInMemory(index, role) || pairs.Count == 0)
                    continue;

                // Drops the pairs read so far; the pass continues to find faulty rows. The dropped set is in an old garbage collection
                // generation and as large as the budget, and would otherwise stay in memory next to what is read from here on.
                pairs = role.NewSet();
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }

            inView = rows.Row;
        }

        Check(index, problems, role, inView);
        log.Info($"{Describe(index, role)}; seed {seed}.");
        var fits = FitsInMemory(index, role);
        _taken += fits ? index.Bytes : index.WindowBytes;
        if (fits)
            return pairs;
        return role.UsesWindowAlone
            ? ReadSubset(view, role, index, cancel)
            : new StreamedPairs(view, columns, role, pairs.Preparation, index);
    }

    // The evenly spaced subset that is used. The images of other rows are not read.
    private ImagePairs ReadSubset(IDataView view, DatasetRole role, DatasetIndex index, CancellationToken cancel)
    {
        var pairs = role.NewSet();
        var used = SecondPass.Read(
            view, columns, role, index, pairs.AddPrepared, row => EvenlySpacedSubset.Includes(row, index.Count, role.Window), cancel);
        foreach (var _ in used)
        {
            // Each is added as it is prepared.
        }

        return pairs;
    }

    private bool FitsInMemory(DatasetIndex index, DatasetRole role)
        => index.Bytes <= Left && (!role.UsesWindowAlone || index.Count <= role.Window);

    private void Check(DatasetIndex index, List<string> problems, DatasetRole role, long inView)
    {
        if (problems.Count > 0)
        {
            var read = problems.Count + index.Count;
            var numbers = read == inView ? string.Empty : $" (row numbers count all {inView} rows of the data)";
            throw new PairDataException(
                $"{problems.Count} of {read} rows cannot be {role.Use}{numbers}. Fix these rows or filter them out:",
                problems);
        }

        if (index.Count == 0)
            throw new PairDataException(role.None(inView), []);

        if ((role.UsesWindowAlone || index.Bytes > Left) && index.WindowBytes > Left)
        {
            var window = Math.Min(role.Window, index.Count);
            var fitting = Left > 0 ? (long)(window * ((double)Left / index.WindowBytes)) : 0;
            var smaller = fitting > 0 ? $", or {role.WindowName} to {fitting} or less" : string.Empty;
            var what = role.UsesWindowAlone
                ? $"{role.WindowName} keeps {role.Count(window)} in memory, which requires {index.WindowBytes} bytes"
                : $"The data has {role.Count(index.Count)} of {index.Bytes} bytes in total, which must be streamed, but " +
                $"{role.WindowName} keeps {role.Count(window)} in memory, which requires {index.WindowBytes} bytes";
            var taken = _taken > 0 ? $", of which validation uses {_taken}" : string.Empty;
            throw new ArgumentException(
                $"{what}; MemoryBudget is {budget}{taken}. Set MemoryBudget to {_taken + index.WindowBytes} or more{smaller}.");
        }
    }

    private string Describe(DatasetIndex index, DatasetRole role)
    {
        var name = $"{role.Count(index.Count)} of {index.Sizes} pixels";
        var room = $"the budget of {Pix2PixLog.Size(budget)}" + (_taken > 0 ? $" minus {Pix2PixLog.Size(_taken)} for validation" : "");
        if (FitsInMemory(index, role))
            return $"{name}, kept in memory: {Pix2PixLog.Size(index.Bytes)} of {room}";
        return role.UsesWindowAlone
            ? $"{name}; using {role.Window} of them, kept in memory: {Pix2PixLog.Size(index.WindowBytes)} of {room}"
            : $"{name}: {Pix2PixLog.Size(index.Bytes)}, more than {room}; streamed in each epoch through a shuffle window " +
            $"of {role.Count(role.Window)} ({Pix2PixLog.Size(index.WindowBytes)})";
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
