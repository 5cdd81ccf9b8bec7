namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// A checkpoint is of a version of the format that this library does not read. It is not damaged: no option passes it over, and nothing is
/// done to its file.
/// </summary>
public sealed class CheckpointVersionException : Exception
{
    /// <summary>Made where a checkpoint is opened.</summary>
    internal CheckpointVersionException(string path, int version)
        : base(
            $"The checkpoint '{path}' is of version {version} of the format; this library reads version " +
            $"{CheckpointDocument.CurrentVersion}. Use the version of the library that wrote it, or choose another folder to begin anew.")
        => (Path, Version) = (path, version);

    /// <summary>The checkpoint's file.</summary>
    public string Path { get; }

    /// <summary>The version of the file's format.</summary>
    public int Version { get; }
}
