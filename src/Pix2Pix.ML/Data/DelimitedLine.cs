using System.Text;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Parses a single line of CSV or TSV. Paths contain no line breaks, so an unclosed quotation mark affects only its own line. ML.NET's
/// loader drops lines that begin with "//", as server paths may, and .NET's parser reads on to the end of the file.
/// </summary>
internal static class DelimitedLine
{
    private const char Quote = '"';

    /// <summary>
    /// Splits a line into fields without surrounding whitespace. A quoted field may contain the separator, and quotation marks that are
    /// doubled.
    /// </summary>
    /// <returns>Null if a quotation mark is not closed or is followed by anything but whitespace.</returns>
    public static string[]? Split(string line, char separator)
    {
        List<string> fields = [];
        var at = 0;
        while (true)
        {
            var start = at;
            SkipSpace();
            if (at < line.Length && line[at] == Quote)
            {
                if (Quoted(line, ref at) is not { } quoted)
                    return null;
                fields.Add(quoted.Trim());
                SkipSpace();
                if (at < line.Length && line[at] != separator)
                    return null;
            }
            else
            {
                var end = line.IndexOf(separator, at);
                at = end < 0 ? line.Length : end;
                fields.Add(line[start..at].Trim());
            }

            if (at == line.Length)
                return [.. fields];
            at++;
        }

        void SkipSpace()
        {
            while (at < line.Length && line[at] != separator && char.IsWhiteSpace(line[at]))
                at++;
        }
    }

    // Leaves the position after the closing quotation mark.
    private static string? Quoted(string line, ref int at)
    {
        var field = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != Quote)
                field.Append(line[at]);
            else if (at + 1 < line.Length && line[at + 1] == Quote)
                field.Append(line[at++]);
            else
            {
                at++;
                return field.ToString();
            }
        }

        return null;
    }
}
