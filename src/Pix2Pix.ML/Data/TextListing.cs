using Pix2Pix.Reporting;

namespace Pix2Pix.ML.Data;

/// <summary>Pairs whose paths are listed in a text file.</summary>
internal sealed class TextListing
{
    private const int MaxShown = 100; // characters of a line
    private const long MaxLength = 1 << 28; // of the file in bytes

    private readonly string _path;
    private readonly TextPairOptions _options;
    private readonly TextPairRow? _header;
    private readonly TextPairRow[] _rows;

    private TextListing(string path, TextPairOptions options)
    {
        (_path, _options) = (path, options);
        TextPairRow[] lines =
        [
            .. Lines(path).Select((text, index) => (Text: text, Line: index + 1)).Where(line => !string.IsNullOrWhiteSpace(line.Text))
                .Select(line => TextPairRow.Of(line.Text, line.Line, Separator, options)),
        ];
        var hasHeader = options.HasHeader && lines.Length > 0;
        _header = hasHeader ? lines[0] : null;
        _rows = hasHeader ? lines[1..] : lines;
    }

    private char Separator
        => _options.Separator ?? (Path.GetExtension(_path).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? ',' : '\t');

    /// <summary>Makes each line a row. Relative paths are resolved against the text file's folder.</summary>
    /// <exception cref="FileNotFoundException">The text file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be read, is a pipe or device, or has more than 2^28 bytes.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static ImageListing Of(string path, TextPairOptions options)
    {
        path = Path.GetFullPath(path);
        if (File.Exists(path))
            return new TextListing(path, options).ToListing();
        var folder = Directory.Exists(path) ? " (this is a folder)" : string.Empty;
        throw new FileNotFoundException($"The file '{path}' does not exist{folder}; expected a text file with the paths of two images " +
            "per line.", path);
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(RegularFile.OpenRead(path, MaxLength));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private ImageListing ToListing()
    {
        string[] faults =
        [
            .. HeaderFaults(),
            .. Faulty("cannot be split into fields", ": a quoted field is not closed, or text follows it", row => !row.IsSplit),
            .. Faulty("has no input path", string.Empty, row => row.IsSplit && row.Input.Length == 0),
            .. Faulty("has no target path", string.Empty, row => row.IsSplit && row.Target.Length == 0),
            .. Faulty("has an invalid path", string.Empty, row => row.HasNoPath),
        ];
        return new ImageListing(
            $"'{_path}'",
            [.. _rows.Where(row => row.IsComplete).Select(row => (string[])[Full(row.Input), Full(row.Target)])],
            faults.Length == 0 ? [] : [new SkippedImage(_path, $"{string.Join(", and ", faults)}; {Settings()}")],
            _rows.Length > 0 ? string.Empty : $"no rows; expected the paths of two images per line; {Settings()}");
    }

    // Reports image paths in the header line, because a pair would be lost.
    private IEnumerable<string> HeaderFaults()
    {
        if (_header is { NamesImages: true } header)
            yield return $"begins with the image paths '{header.Input}' and '{header.Target}' instead of a header; set HasHeader to false";
    }

    private IEnumerable<string> Faulty(string what, string why, Func<TextPairRow, bool> isFaulty)
    {
        int[] lines = [.. _rows.Where(isFaulty).Select(row => row.Line)];
        if (lines.Length > 0)
            yield return $"{what} in {lines.Length} of {Pluralize.Of(_rows.Length, "row")}, first in line {lines[0]}{why}";
    }

    // The settings that the list was read with: most faults affect all rows and are caused by these settings.
    private string Settings()
    {
        var separator = Separator is '\t' ? "tab" : $"'{Separator}'";
        var first = Lines(_path).FirstOrDefault() ?? string.Empty;
        return $"it was read with Separator = {separator}, HasHeader = {_options.HasHeader}, InputColumn = {_options.InputColumn} and " +
            $"TargetColumn = {_options.TargetColumn} (columns count from 0), and its first line is " +
            $"\"{(first.Length > MaxShown ? first[..MaxShown] + "..." : first)}\"";
    }

    // Lists that were written on Windows may be read on other systems.
    private string Full(string path)
    {
        var folder = Path.GetDirectoryName(_path)!;
        var full = Path.GetFullPath(path, folder);
        return File.Exists(full) || !path.Contains('\\') ? full : Path.GetFullPath(path.Replace('\\', '/'), folder);
    }
}

/// <summary>A pair as listed in a line of a text file.</summary>
/// <param name="Line">The line number, from 1.</param>
/// <param name="Input">The input path as listed; empty if there is none.</param>
/// <param name="Target">The target path as listed; empty if there is none.</param>
/// <param name="IsSplit">Whether the line could be split into fields.</param>
internal readonly record struct TextPairRow(int Line, string Input, string Target, bool IsSplit)
{
    private const char Null = '\0'; // not allowed in a path on any system; .NET throws

    /// <summary>Whether one of the paths is invalid.</summary>
    public bool HasNoPath => Input.Contains(Null) || Target.Contains(Null);

    /// <summary>Whether both paths may be valid.</summary>
    public bool IsComplete => Input.Length > 0 && Target.Length > 0 && !HasNoPath;

    /// <summary>Whether both have image file extensions, which a header never has.</summary>
    public bool NamesImages => IsComplete && ImageFiles.IsImage(Input) && ImageFiles.IsImage(Target);

    /// <summary>Parses a line.</summary>
    public static TextPairRow Of(string text, int line, char separator, TextPairOptions options)
    {
        var fields = CsvText.Split(text, separator);
        return new TextPairRow(line, Field(options.InputColumn), Field(options.TargetColumn), fields is not null);

        string Field(int column) => fields is not null && column < fields.Length ? fields[column].Trim() : string.Empty;
    }
}
