namespace Pix2Pix.ML.Data;

/// <summary>
/// Images cannot be used for training or evaluation. Loaders throw it with every faulty file. Fit throws it before the first step, and an
/// evaluation at its end, with every faulty row. If rows are streamed, a later epoch throws it with the first row that has changed.
/// </summary>
public sealed class PairDataException : Exception
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
