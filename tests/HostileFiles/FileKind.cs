namespace HostileFiles;

/// <summary>A kind of file that the library reads, with valid files of it and the way in which an application reads them.</summary>
internal abstract class FileKind
{
    /// <summary>The valid files: a file name and its content.</summary>
    public abstract IReadOnlyList<(string Name, byte[] Content)> Originals { get; }

    /// <summary>
    /// Whether the format has checksums, so that a damaged file must either yield the content of the original or be refused.
    /// </summary>
    public virtual bool IsChecked => false;

    /// <summary>Reads a file with the public API and returns a hash of what an application would get.</summary>
    public abstract string Read(string path, int seed);

    /// <summary>Whether the documentation names this exception for a damaged file.</summary>
    public abstract bool IsDocumented(Exception exception);
}
