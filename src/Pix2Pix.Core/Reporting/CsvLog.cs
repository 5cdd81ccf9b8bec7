using System.Globalization;
using System.Text;

namespace Pix2Pix.Reporting;

/// <summary>
/// A CSV file whose first column is the step. Each row is appended and passed to the operating system immediately, so that it survives the
/// end of the process. When training resumes, rows are appended after the row of the last step.
/// </summary>
internal sealed class CsvLog : IDisposable
{
    /// <summary>The maximum length of a row; a longer one is not a row of these files.</summary>
    private const int MaxLine = 1 << 16;

    private readonly string _path;
    private FileStream _file;
    private long _end; // of the last complete row

    private CsvLog(string path, long end)
    {
        _path = path;
        _file = OpenFile();
        _file.SetLength(end);
        _end = end;
    }

    /// <summary>Opens a file to append rows for later steps.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="header">The column names.</param>
    /// <param name="lastStep">Rows up to this step are kept and later rows are removed. With 0, all rows are removed.</param>
    /// <param name="replay">Called with the cells of each row that is kept.</param>
    /// <exception cref="InvalidDataException">The existing file has other columns, or cells that cannot be read.</exception>
    /// <exception cref="IOException">The file is not a regular file, or it cannot be written.</exception>
    public static CsvLog Open(string path, string header, long lastStep, Action<string[]> replay)
    {
        RegularFile.Check(path);
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
            Recreate();
        var bytes = Encoding.UTF8.GetBytes(row + '\n');
        _file.Position = _end; // overwrites a partial row left by a full disk
        _file.Write(bytes);
        _end += bytes.Length;
    }

    // The file or its folder was deleted. The open handle still provides the contents.
    private void Recreate()
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

    // Returns the length of the file up to the last row to keep. A row without a line end is incomplete.
    private static long EndOf(string path, string header, long lastStep, Action<string[]> replay)
    {
        using var file = File.OpenRead(path);
        var columns = header.Split(',').Length;
        var end = 0L;
        while (ReadLine(file) is { } row)
        {
            var line = Encoding.UTF8.GetString(row);
            if (end == 0 && line != header)
            {
                throw new InvalidDataException(
                    $"The report cannot be continued: the columns of '{path}' are '{line}'; expected '{header}'. Choose another report " +
                    "folder, or move the existing one.");
            }

            if (end > 0)
            {
                if (CsvText.Split(line, ',') is not { } cells || cells.Length != columns
                    || !long.TryParse(cells[0], CultureInfo.InvariantCulture, out var step) || step > lastStep)
                {
                    break;
                }

                try
                {
                    replay(cells);
                }
                catch (Exception e) when (e is FormatException or OverflowException)
                {
                    throw new InvalidDataException(
                        $"The report cannot be continued: the row of step {step} in '{path}' cannot be read: {e.Message} Choose another " +
                        "report folder, or move the existing one.", e);
                }
            }

            end += row.Length + 1;
        }

        return end;
    }

    // Returns the bytes of a complete line, or null. StreamReader.ReadLine does not distinguish complete from incomplete lines.
    private static byte[]? ReadLine(FileStream file)
    {
        List<byte> line = [];
        for (var next = file.ReadByte(); next >= 0; next = file.ReadByte())
        {
            if (next == '\n')
                return [.. line];
            if (line.Count == MaxLine)
                return null;
            line.Add((byte)next);
        }

        return null;
    }
}
