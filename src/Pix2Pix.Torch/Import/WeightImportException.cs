namespace Pix2Pix.Torch.Import;

/// <summary>A file's weights cannot be imported. The message says what was found, what was expected and what to do.</summary>
public sealed class WeightImportException : IOException
{
    /// <summary>Made by <see cref="PretrainedGenerator"/>.</summary>
    internal WeightImportException(string path, InvalidDataException error)
        : base($"'{path}' cannot be imported. {error.Message}", error)
        => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
