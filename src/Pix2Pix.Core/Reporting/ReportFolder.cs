namespace Pix2Pix.Reporting;

/// <summary>The folder of one training's report, open for writing by one process.</summary>
internal sealed class ReportFolder : IDisposable
{
    /// <summary>Empty; who holds it open writes. The system releases it however a process ends, so that it may stay behind.</summary>
    private const string LockName = "report.lock";

    private readonly string _folder;
    private FileStream _lock;

    /// <summary>Makes the folder where it is missing, and takes it for this training. Nothing in it is touched.</summary>
    /// <exception cref="IOException">It cannot be written to, or another training writes to it.</exception>
    public ReportFolder(string folder)
    {
        _folder = Path.GetFullPath(folder);
        try
        {
            _lock = Take();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal(e);
        }
    }

    /// <summary>The path of a file or folder in it.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Takes the folder again where somebody deleted it.</summary>
    /// <returns>Whether that was so.</returns>
    public bool Restore()
    {
        if (File.Exists(PathOf(LockName)))
            return false;
        var again = Take();
        _lock.Dispose();
        _lock = again;
        return true;
    }

    /// <summary>The error of a folder in which something cannot be written.</summary>
    public IOException Refusal(Exception cause) => new(
        $"The folder '{_folder}' cannot take a report: {cause.Message} Name another folder; each training needs one of its own.", cause);

    public void Dispose() => _lock.Dispose();

    private FileStream Take()
    {
        Directory.CreateDirectory(_folder);
        return new FileStream(PathOf(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }
}
