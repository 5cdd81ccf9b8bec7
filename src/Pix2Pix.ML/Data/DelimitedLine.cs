using System.Text;

namespace Pix2Pix.ML.Data;

/// <summary>
/// A line of CSV or TSV, by itself: paths hold no line breaks, so that a quotation mark that is not closed costs its own line alone. ML.NET's
/// loader drops lines that begin with "//", as paths of servers may, and .NET's parser reads on to the end of the file.
/// </summary>
internal static class DelimitedLine
{
    private const char Quote = '"';

    /// <summary>
    /// The fields, without the space around them. A field in quotation marks may hold the separator, and a mark that is written twice.
    /// </summary>
    /// <returns>Null where a mark is not closed, or is followed by more than space.</returns>
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

    // Leaves the position behind the closing mark.
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
