using System.Text;
using Microsoft.VisualBasic.FileIO;

namespace Pix2Pix.ML.Data;

/// <summary>Pairs whose paths stand in a text file.</summary>
/// <remarks>
/// Read by the parser of .NET's Visual Basic library, in any language: ML.NET's loader drops lines that begin with "//", as paths of
/// servers may.
/// </remarks>
internal sealed class TextListing
{
    private const int MostShown = 100; // characters of a line

    private readonly string _path;
    private readonly TextPairOptions _options;
    private readonly List<TextPairRow> _rows = [];
    private readonly List<string> _faults = [];

    private TextListing(string path, TextPairOptions options) => (_path, _options) = (path, options);

    private char Separator
        => _options.Separator ?? (Path.GetExtension(_path).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? ',' : '\t');

    /// <summary>Each line is a row. Relative paths begin at the text file's folder.</summary>
    /// <exception cref="FileNotFoundException">There is no such text file.</exception>
    public static ImageListing Of(string path, TextPairOptions options)
    {
        path = Path.GetFullPath(path);
        if (!File.Exists(path))
        {
            var folder = Directory.Exists(path) ? " (it is a folder)" : string.Empty;
            throw new FileNotFoundException($"There is no file '{path}'{folder}; expected lines with the paths of two images.", path);
        }

        var listing = new TextListing(path, options);
        listing.Read();
        return listing.ToListing();
    }

    private void Read()
    {
        using var parser = new TextFieldParser(_path, Encoding.UTF8, detectEncoding: true)
        {
            Delimiters = [Separator.ToString()],
            HasFieldsEnclosedInQuotes = true,
            TrimWhiteSpace = true,
        };
        var isHeader = _options.HasHeader;
        while (!parser.EndOfData)
        {
            try
            {
                if (parser.ReadFields() is not { } fields)
                    break;
                var row = new TextPairRow(Field(fields, _options.InputColumn), Field(fields, _options.TargetColumn));
                if (!isHeader)
                    _rows.Add(row);
                else if (row.NamesImages)
                    _faults.Add($"begins with two images, '{row.Input}' and '{row.Target}', where a header is expected; set HasHeader to false");
            }
            catch (MalformedLineException e)
            {
                _faults.Add($"cannot be split into fields at line {e.LineNumber}: a quotation mark is not closed, or text follows it");
            }

            isHeader = false;
        }
    }

    private ImageListing ToListing()
    {
        string[] faults =
        [
            .. _faults,
            .. Faulty("no input", row => row.Input.Length == 0),
            .. Faulty("no target", row => row.Target.Length == 0),
            .. Faulty("what can be no path", row => row.HasNoPath),
        ];
        return new ImageListing(
            $"'{_path}'",
            [.. _rows.Where(row => row.IsWhole).Select(row => (string[])[Full(row.Input), Full(row.Target)])],
            faults.Length == 0 ? [] : [new SkippedImage(_path, $"{string.Join(", and ", faults)}; {Settings()}")],
            _rows.Count > 0 ? string.Empty : $"no rows; expected lines with the paths of two images; {Settings()}");
    }

    private IEnumerable<string> Faulty(string what, Func<TextPairRow, bool> isFaulty)
    {
        int[] rows = [.. Enumerable.Range(0, _rows.Count).Where(i => isFaulty(_rows[i])).Select(i => i + 1)];
        var behind = _options.HasHeader ? " behind the header" : string.Empty;
        if (rows.Length > 0)
            yield return $"names {what} in {rows.Length} of {_rows.Count} rows, the first of which is row {rows[0]}{behind}";
    }

    // What a list was read as: most faults are of all rows, and in here.
    private string Settings()
    {
        var separator = Separator is '\t' ? "a tabulator" : $"'{Separator}'";
        var first = File.ReadLines(_path).FirstOrDefault() ?? string.Empty;
        return $"it was read with Separator {separator}, HasHeader {_options.HasHeader}, InputColumn {_options.InputColumn}, TargetColumn " +
            $"{_options.TargetColumn} (from 0), and its first line is \"{(first.Length > MostShown ? first[..MostShown] + "..." : first)}\"";
    }

    // Lists that were written on Windows are read elsewhere, too.
    private string Full(string path)
    {
        var folder = Path.GetDirectoryName(_path)!;
        var full = Path.GetFullPath(path, folder);
        return File.Exists(full) || !path.Contains('\\') ? full : Path.GetFullPath(path.Replace('\\', '/'), folder);
    }

    private static string Field(string[] fields, int column) => column < fields.Length ? fields[column] : string.Empty;
}
