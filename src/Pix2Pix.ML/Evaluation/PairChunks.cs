using Microsoft.ML;
using Pix2Pix.ML.Data;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Evaluation;

/// <summary>A pass over the rows of a view.</summary>
internal static class PairChunks
{
    /// <summary>The rows in order. From the first faulty one on there are no more, but all that follow are checked.</summary>
    /// <exception cref="PairDataException">There are no rows, or some are faulty: all of them are named.</exception>
    public static IEnumerable<PairChunk> Read(IDataView view, PairColumns columns, CancellationToken cancel)
    {
        using var rows = new PairCursor(view, columns);
        List<string> problems = [];
        var chunk = new PairChunk();
        while (rows.MoveNext())
        {
            cancel.ThrowIfCancellationRequested();
            if (rows.Read(Pair, out var problem) is not { } pair)
                problems.Add($"{rows.Name}: {problem}");
            else if (problems.Count == 0)
                chunk.Add(rows.Row, pair);
            if (!chunk.IsFull || problems.Count > 0)
                continue;
            yield return chunk;
            chunk = new PairChunk();
        }

        if (problems.Count > 0)
            throw Faulty(problems, rows.Row);
        if (rows.Row == 0)
            throw new PairDataException("The data has no rows; expected at least one translation and its target.", []);
        if (chunk.Rows.Count > 0)
            yield return chunk;
    }

    /// <summary>The error of rows that cannot be evaluated.</summary>
    public static PairDataException Faulty(IReadOnlyList<string> problems, long rows)
        => new($"{problems.Count} of {rows} rows cannot be evaluated. Mend them or filter them out:", problems);

    private static ImagePair Pair(PixelImage translation, PixelImage target, string? name)
        => (translation.Width, translation.Height) == (target.Width, target.Height)
            ? new ImagePair(translation, target) { Name = name }
            : throw new ArgumentException(
                $"The translation is {translation.Width}x{translation.Height} and the target {target.Width}x{target.Height}; expected one size. "
                + "Resize one of them before.");
}
