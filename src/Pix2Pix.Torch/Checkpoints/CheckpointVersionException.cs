namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// A checkpoint has a format version that this library does not read. The checkpoint is not damaged: no option skips it, and its file is
/// left unchanged.
/// </summary>
public sealed class CheckpointVersionException : Exception
{
    /// <summary>Created when a checkpoint is opened.</summary>
    internal CheckpointVersionException(string path, int version)
        : base(
            $"The checkpoint '{path}' is of version {version} of the format; this library reads version " +
            $"{CheckpointDocument.CurrentVersion}. Use the version of the library that wrote it, or choose another folder to begin anew.")
        => (Path, Version) = (path, version);

    /// <summary>The checkpoint file.</summary>
    public string Path { get; }

    /// <summary>The format version of the file.</summary>
    public int Version { get; }
}
