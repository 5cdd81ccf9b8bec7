namespace Pix2Pix.Reporting;

/// <summary>The folder of a training report, opened for writing by one process.</summary>
internal sealed class ReportFolder : IDisposable
{
    /// <summary>
    /// An empty file that the writing process holds open. The operating system releases it however the process ends, so that it can remain
    /// in the folder.
    /// </summary>
    private const string LockName = "report.lock";

    private readonly string _folder;
    private FileStream _lock;

    /// <summary>Creates the folder if it does not exist, and locks it for this training run. Existing files are not changed.</summary>
    /// <exception cref="IOException">The folder is not writable, or another training run writes to it.</exception>
    public ReportFolder(string folder)
    {
        _folder = Path.GetFullPath(folder);
        try
        {
            _lock = Lock();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    /// <summary>Returns the path of a file or folder in this folder.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Creates and locks the folder again if it was deleted.</summary>
    /// <returns>Whether the folder was deleted.</returns>
    public bool Restore()
    {
        if (File.Exists(PathOf(LockName)))
            return false;
        var again = Lock();
        _lock.Dispose();
        _lock = again;
        return true;
    }

    /// <summary>Creates the exception for a folder that cannot be written to.</summary>
    public IOException Unusable(Exception cause) => new(
        $"The folder '{_folder}' cannot be used for a report: {cause.Message} Choose another folder; each training run needs its " +
        "own.", cause);

    public void Dispose() => _lock.Dispose();

    private FileStream Lock()
    {
        Directory.CreateDirectory(_folder);
        return new FileStream(PathOf(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }
}
