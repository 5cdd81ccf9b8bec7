namespace Pix2Pix.ML.Data;

/// <summary>A pair as listed in a line of a text file.</summary>
/// <param name="Line">The line number, from 1.</param>
/// <param name="Input">The input path as listed; empty if there is none.</param>
/// <param name="Target">The target path as listed; empty if there is none.</param>
/// <param name="IsSplit">Whether the line could be split into fields.</param>
internal readonly record struct TextPairRow(int Line, string Input, string Target, bool IsSplit)
{
    private const char Null = '\0'; // what no system allows in a path, and .NET throws at

    /// <summary>Whether one of the paths is invalid.</summary>
    public bool HasNoPath => Input.Contains(Null) || Target.Contains(Null);

    /// <summary>Whether both paths may be valid.</summary>
    public bool IsWhole => Input.Length > 0 && Target.Length > 0 && !HasNoPath;

    /// <summary>Whether both have image file extensions, which a header never has.</summary>
    public bool NamesImages => IsWhole && ImageFiles.IsImage(Input) && ImageFiles.IsImage(Target);

    /// <summary>Parses a line.</summary>
    public static TextPairRow Of(string text, int line, char separator, TextPairOptions options)
    {
        var fields = DelimitedLine.Split(text, separator);
        return new TextPairRow(line, Field(options.InputColumn), Field(options.TargetColumn), fields is not null);

        string Field(int column) => fields is not null && column < fields.Length ? fields[column] : string.Empty;
    }
}
