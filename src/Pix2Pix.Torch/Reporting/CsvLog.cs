using System.Globalization;
using System.Text;

namespace Pix2Pix.Torch.Reporting;

/// <summary>
/// A CSV file whose first column is the step. Rows are appended and reach the system one by one: what was written survives the end of the
/// process. A training that is resumed goes on behind the row of its step.
/// </summary>
internal sealed class CsvLog : IDisposable
{
    private readonly FileStream _file;

    private CsvLog(FileStream file) => _file = file;

    /// <summary>Opens a file for the rows of the steps that follow.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">The names of its columns.</param>
    /// <param name="lastStep">The rows up to this step stay, the others go; with 0, all go.</param>
    /// <param name="replay">Called with the cells of each row that stays.</param>
    /// <exception cref="InvalidDataException">The file to go on with has other columns.</exception>
    public static CsvLog Open(string path, string header, long lastStep, Action<string[]> replay)
    {
        var end = lastStep > 0 && File.Exists(path) ? EndOf(path, header, lastStep, replay) : 0;
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        file.SetLength(end);
        file.Position = end;
        var log = new CsvLog(file);
        if (end == 0)
            log.Write(header);
        return log;
    }

    /// <summary>Appends a row.</summary>
    public void Add(FormattableString row) => Write(row.ToString(CultureInfo.InvariantCulture));

    public void Dispose() => _file.Dispose();

    private void Write(string row) => _file.Write(Encoding.ASCII.GetBytes(row + '\n'));

    // The length of the file up to the last row that stays. A row without its line end was not written to the end.
    private static long EndOf(string path, string header, long lastStep, Action<string[]> replay)
    {
        using var reader = new StreamReader(path, Encoding.ASCII);
        var end = 0L;
        while (ReadLine(reader) is { } line)
        {
            if (end == 0 && line != header)
            {
                throw new InvalidDataException(
                    $"The resumed training cannot go on with '{path}': its columns are {line}; expected {header}. Choose another folder for " +
                    "the report, or move this one away.");
            }

            var cells = line.Split(',');
            if (end > 0)
            {
                if (!long.TryParse(cells[0], CultureInfo.InvariantCulture, out var step) || step > lastStep)
                    break;
                replay(cells);
            }

            end += line.Length + 1;
        }

        return end;
    }

    // A line with its end, which a reader's own ReadLine does not tell from one without.
    private static string? ReadLine(StreamReader reader)
    {
        var line = new StringBuilder();
        for (var next = reader.Read(); next >= 0; next = reader.Read())
        {
            if (next == '\n')
                return line.ToString();
            line.Append((char)next);
        }

        return null;
    }
}
