using Microsoft.ML;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Evaluation;

/// <summary>A pass over the rows of a view.</summary>
internal static class PairChunks
{
    /// <summary>If this many rows are read and all are faulty, reading stops.</summary>
    private const int Hopeless = 100;

    /// <summary>
    /// Returns the rows in order. After the first faulty row, no more rows are returned, but all remaining rows are checked.
    /// </summary>
    /// <exception cref="PairDataException">
    /// There are no rows, or some are faulty; the message names all of them. If the first hundred are all faulty, no more are read.
    /// </exception>
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
            if (problems.Count == Hopeless && rows.Row == Hopeless)
                throw Faulty(problems, $"All of the first {Hopeless} rows cannot be evaluated, so the others were not read");
            if (!chunk.IsFull || problems.Count > 0)
                continue;
            yield return chunk;
            chunk = new PairChunk();
        }

        if (problems.Count > 0)
            throw Faulty(problems, $"{problems.Count} of {rows.Row} rows cannot be evaluated");
        if (rows.Row == 0)
            throw new PairDataException("The data has no rows; expected at least one translation and its target.", []);
        if (chunk.Rows.Count > 0)
            yield return chunk;
    }

    private static PairDataException Faulty(List<string> problems, string headline)
        => new($"{headline}. Fix them or filter them out:", problems);

    private static ImagePair Pair(PixelImage translation, PixelImage target, string? name)
        => (translation.Width, translation.Height) == (target.Width, target.Height)
            ? new ImagePair(translation, target) { Name = name }
            : throw new ArgumentException(
                $"The translation is {translation.Width}x{translation.Height} and the target {target.Width}x{target.Height}; expected one size. "
                + "Resize one of them by ResizeImages, or translate at the image's size by Pix2PixOptions.Sizing.");
}
