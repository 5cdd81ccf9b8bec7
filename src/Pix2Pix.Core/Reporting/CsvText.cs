using Microsoft.VisualBasic.FileIO;

namespace Pix2Pix.Reporting;

/// <summary>Reads and writes lines of CSV and TSV files.</summary>
/// <remarks>
/// Each line is parsed alone, so an unclosed quotation mark affects only its own line. A <see cref="TextFieldParser"/> over a whole file
/// reads on to the next quotation mark, and ML.NET's loader drops first lines that begin with "//", as server paths may.
/// </remarks>
internal static class CsvText
{
    /// <summary>Formats a text as a cell on one line: in quotes, with embedded quotes doubled.</summary>
    public static string Quoted(string text) => $"\"{text.ReplaceLineEndings(" ").Replace("\"", "\"\"")}\"";

    /// <summary>
    /// Splits a line into cells. A quoted cell may contain the separator, and quotation marks that are doubled.
    /// </summary>
    /// <returns>Null if a quotation mark is not closed or is followed by anything but whitespace.</returns>
    public static string[]? Split(string line, char separator)
    {
        if (!line.Contains('"'))
            return line.Split(separator); // the same, without the cost of a parser for each line
        using var parser = new TextFieldParser(new StringReader(line)) { Delimiters = [separator.ToString()], TrimWhiteSpace = false };
        try
        {
            return parser.ReadFields();
        }
        catch (MalformedLineException)
        {
            return null;
        }
    }
}
