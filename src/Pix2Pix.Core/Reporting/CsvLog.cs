using System.Globalization;
using System.Text;

namespace Pix2Pix.Reporting;

/// <summary>
/// A CSV file whose first column is the step. Rows are appended and reach the system one by one: what was written survives the end of the
/// process. A training that is resumed goes on behind the row of its step.
/// </summary>
internal sealed class CsvLog : IDisposable
{
    private readonly string _path;
    private FileStream _file;
    private long _end; // of the last whole row

    private CsvLog(string path, long end)
    {
        _path = path;
        _file = OpenFile();
        _file.SetLength(end);
        _end = end;
    }

    /// <summary>Opens a file for the rows of the steps that follow.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">The names of its columns.</param>
    /// <param name="lastStep">The rows up to this step stay, the others go; with 0, all go.</param>
    /// <param name="replay">Called with the cells of each row that stays.</param>
    /// <exception cref="InvalidDataException">The file to go on with has other columns.</exception>
    public static CsvLog Open(string path, string header, long lastStep, Action<string[]> replay)
    {
        var end = lastStep > 0 && File.Exists(path) ? EndOf(path, header, lastStep, replay) : 0;
        var log = new CsvLog(path, end);
        if (end == 0)
            log.Write(header);
        return log;
    }

    /// <summary>Appends a row.</summary>
    public void Add(FormattableString row) => Write(row.ToString(CultureInfo.InvariantCulture));

    public void Dispose() => _file.Dispose();

    private FileStream OpenFile()
        => new(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);

    private void Write(string row)
    {
        if (!File.Exists(_path))
            Renew();
        var bytes = Encoding.UTF8.GetBytes(row + '\n');
        _file.Position = _end; // over what a full disk left of a row
        _file.Write(bytes);
        _end += bytes.Length;
    }

    // Somebody deleted it, or its folder. What it held is still in the open file.
    private void Renew()
    {
        var renewed = OpenFile();
        try
        {
            _file.Position = 0;
            _file.CopyTo(renewed);
        }
        catch
        {
            renewed.Dispose();
            File.Delete(_path);
            throw;
        }

        _file.Dispose();
        _file = renewed;
    }

    // The length of the file up to the last row that stays. A row without its line end was not written to the end.
    private static long EndOf(string path, string header, long lastStep, Action<string[]> replay)
    {
        using var file = File.OpenRead(path);
        var columns = CsvText.Cells(header).Length;
        var end = 0L;
        while (ReadLine(file) is { } row)
        {
            var line = Encoding.UTF8.GetString(row);
            if (end == 0 && line != header)
            {
                throw new InvalidDataException(
                    $"The resumed training cannot go on with '{path}': its columns are {line}; expected {header}. Choose another folder for " +
                    "the report, or move this one away.");
            }

            if (end > 0)
            {
                var cells = CsvText.Cells(line);
                if (cells.Length != columns || !long.TryParse(cells[0], CultureInfo.InvariantCulture, out var step) || step > lastStep)
                    break;
                replay(cells);
            }

            end += row.Length + 1;
        }

        return end;
    }

    // The bytes of a line with its end, which a reader's own ReadLine does not tell from one without.
    private static byte[]? ReadLine(FileStream file)
    {
        List<byte> line = [];
        for (var next = file.ReadByte(); next >= 0; next = file.ReadByte())
        {
            if (next == '\n')
                return [.. line];
            line.Add((byte)next);
        }

        return null;
    }
}
