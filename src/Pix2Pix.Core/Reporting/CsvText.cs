using System.Text;

namespace Pix2Pix.Reporting;

/// <summary>Reads and writes text cells in a row of a CSV file.</summary>
internal static class CsvText
{
    /// <summary>Formats a text as a cell on one line: in quotes, with embedded quotes doubled.</summary>
    public static string Quoted(string text) => $"\"{text.ReplaceLineEndings(" ").Replace("\"", "\"\"")}\"";

    /// <summary>Returns the cells of a row.</summary>
    public static string[] Cells(string row)
    {
        List<string> cells = [];
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == '"')
            {
                if (!quoted && i > 0 && row[i - 1] == '"')
                    cell.Append('"');
                quoted = !quoted;
            }
            else if (row[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(row[i]);
            }
        }

        return [.. cells, cell.ToString()];
    }
}
