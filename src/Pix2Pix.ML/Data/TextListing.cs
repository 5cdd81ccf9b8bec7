using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Data;

/// <summary>Pairs whose paths stand in a text file, read by ML.NET's own loader.</summary>
internal static class TextListing
{
    /// <summary>Each line is a row. Relative paths begin at the text file's folder.</summary>
    /// <exception cref="FileNotFoundException">There is no such text file.</exception>
    public static ImageListing Of(DataOperationsCatalog catalog, string path, TextPairOptions options)
    {
        path = Path.GetFullPath(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'; expected lines with the paths of two images.", path);
        var rows = new List<string[]>();
        var faults = new List<SkippedImage>();
        var row = 0;
        foreach (var (input, target) in Fields(catalog, path, options))
        {
            row++;
            if (input.Length == 0 || target.Length == 0)
                faults.Add(new SkippedImage(path, $"names no {(input.Length == 0 ? "input" : "target")} in row {row}"));
            else
                rows.Add([Full(path, input), Full(path, target)]);
        }

        return new ImageListing($"'{path}'", rows, faults);
    }

    private static IEnumerable<(string Input, string Target)> Fields(DataOperationsCatalog catalog, string path, TextPairOptions options)
    {
        var view = catalog.LoadFromTextFile(
            path,
            [new("Input", DataKind.String, options.InputColumn), new("Target", DataKind.String, options.TargetColumn)],
            options.Separator ?? (Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? ',' : '\t'),
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
