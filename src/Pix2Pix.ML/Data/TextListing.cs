using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Data;

/// <summary>Pairs whose paths stand in a text file, read by ML.NET's own loader.</summary>
internal static class TextListing
{
    private const int MostShown = 100; // characters of a line

    /// <summary>Each line is a row. Relative paths begin at the text file's folder.</summary>
    /// <exception cref="FileNotFoundException">There is no such text file.</exception>
    public static ImageListing Of(DataOperationsCatalog catalog, string path, TextPairOptions options)
    {
        path = Path.GetFullPath(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'; expected lines with the paths of two images.", path);
        (string Input, string Target)[] fields = [.. Fields(catalog, path, options)];
        string[] faults = [.. Missing("input", row => row.Input), .. Missing("target", row => row.Target)];
        return new ImageListing(
            $"'{path}'",
            [
                .. fields.Where(row => row is { Input.Length: > 0, Target.Length: > 0 })
                    .Select(row => (string[])[Full(path, row.Input), Full(path, row.Target)]),
            ],
            faults.Length == 0 ? [] : [new SkippedImage(path, $"{string.Join(", and ", faults)}; {Settings(path, options)}")],
            fields.Length > 0 ? string.Empty : $"no rows; expected lines with the paths of two images; {Settings(path, options)}");

        IEnumerable<string> Missing(string name, Func<(string Input, string Target), string> field)
        {
            int[] rows = [.. Enumerable.Range(0, fields.Length).Where(i => field(fields[i]).Length == 0).Select(i => i + 1)];
            var behind = options.HasHeader ? " behind the header" : string.Empty;
            if (rows.Length > 0)
                yield return $"names no {name} in {rows.Length} of {fields.Length} rows, the first of which is row {rows[0]}{behind}";
        }
    }

    // What a list was read as: most faults are of all rows, and in here.
    private static string Settings(string path, TextPairOptions options)
    {
        var separator = Separator(path, options) is '\t' ? "a tabulator" : $"'{Separator(path, options)}'";
        var first = File.ReadLines(path).FirstOrDefault() ?? string.Empty;
        return $"it was read with Separator {separator}, HasHeader {options.HasHeader}, InputColumn {options.InputColumn}, TargetColumn " +
            $"{options.TargetColumn} (from 0), and its first line is \"{(first.Length > MostShown ? first[..MostShown] + "..." : first)}\"";
    }

    private static char Separator(string path, TextPairOptions options)
        => options.Separator ?? (Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? ',' : '\t');

    private static IEnumerable<(string Input, string Target)> Fields(DataOperationsCatalog catalog, string path, TextPairOptions options)
    {
        var view = catalog.LoadFromTextFile(
            path,
            [new("Input", DataKind.String, options.InputColumn), new("Target", DataKind.String, options.TargetColumn)],
            Separator(path, options),
            options.HasHeader,
            allowQuoting: true,
            trimWhitespace: true);
        using var cursor = view.GetRowCursor(view.Schema);
        var (inputs, targets) = (Getter("Input"), Getter("Target"));
        while (cursor.MoveNext())
            yield return (Text(inputs), Text(targets));

        ValueGetter<ReadOnlyMemory<char>> Getter(string name) => cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema[name]);
    }

    private static string Text(ValueGetter<ReadOnlyMemory<char>> getter)
    {
        ReadOnlyMemory<char> value = default;
        getter(ref value);
        return value.ToString();
    }

    // Lists that were written on Windows are read elsewhere, too.
    private static string Full(string list, string path)
    {
        var full = Path.GetFullPath(path, Path.GetDirectoryName(list)!);
        return File.Exists(full) || !path.Contains('\\') ? full : Path.GetFullPath(path.Replace('\\', '/'), Path.GetDirectoryName(list)!);
    }
}
