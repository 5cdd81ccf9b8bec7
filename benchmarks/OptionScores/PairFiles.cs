namespace OptionScores;

/// <summary>The files of a folder in ordinal order of their names: every tenth is for testing, the others are for training.</summary>
internal sealed record PairFiles(IReadOnlyList<string> Train, IReadOnlyList<string> Test)
{
    private const int Share = 10;

    public static PairFiles Open(string folder)
    {
        string[] files = [.. Directory.GetFiles(folder).OrderBy(Path.GetFileName, StringComparer.Ordinal)];
        return new PairFiles(
            [.. files.Where((_, i) => i % Share != Share - 1)], [.. files.Where((_, i) => i % Share == Share - 1)]);
    }
}
