namespace Pix2Pix.ML.Data;

/// <summary>
/// Images that cannot be learnt from, or evaluated. Thrown by loaders, with every faulty file; by Fit before the first step, and by an
/// evaluation at its end, with every faulty row; or in a later epoch with the first row that is not what it was, where rows are streamed.
/// </summary>
public sealed class PairDataException : Exception
{
    /// <summary>The message lists this many rows; <see cref="Problems"/> has them all.</summary>
    private const int Listed = 100;

    internal PairDataException(string headline, IReadOnlyList<string> problems) : base(Describe(headline, problems))
        => Problems = problems;

    private PairDataException(string message, IEnumerable<string> problems) : base(message) => Problems = [.. problems];

    /// <summary>One sentence a fault, in the order of the rows, or of the files' paths.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Throws what there is, in one.</summary>
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
