namespace Pix2Pix.ML.Data;

/// <summary>What a line of a text file says of a pair.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Input">The input's path as it stands there; empty where there is none.</param>
/// <param name="Target">The target's.</param>
/// <param name="IsSplit">Whether the line could be split into fields.</param>
internal readonly record struct TextPairRow(int Line, string Input, string Target, bool IsSplit)
{
    private const char Null = '\0'; // what no system allows in a path, and .NET throws at

    /// <summary>Whether one of them can be no path.</summary>
    public bool HasNoPath => Input.Contains(Null) || Target.Contains(Null);

    /// <summary>Whether both may be paths.</summary>
    public bool IsWhole => Input.Length > 0 && Target.Length > 0 && !HasNoPath;

    /// <summary>Whether both end as images do: no header does.</summary>
    public bool NamesImages => IsWhole && ImageFiles.IsImage(Input) && ImageFiles.IsImage(Target);

    /// <summary>The row that a line is.</summary>
    public static TextPairRow Of(string text, int line, char separator, TextPairOptions options)
    {
        var fields = DelimitedLine.Split(text, separator);
        return new TextPairRow(line, Field(options.InputColumn), Field(options.TargetColumn), fields is not null);

        string Field(int column) => fields is not null && column < fields.Length ? fields[column] : string.Empty;
    }
}
