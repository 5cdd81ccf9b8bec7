namespace Pix2Pix.Torch.Import;

/// <summary>The weights in a file cannot be imported. The message states what was found, what was expected and how to fix it.</summary>
public sealed class WeightImportException : IOException
{
    /// <summary>Created by <see cref="PretrainedGenerator"/>.</summary>
    internal WeightImportException(string path, InvalidDataException error)
        : base($"'{path}' cannot be imported. {error.Message}", error)
        => Path = path;

    /// <summary>The weight file.</summary>
    public string Path { get; }
}
