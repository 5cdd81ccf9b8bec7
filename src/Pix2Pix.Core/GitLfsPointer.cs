namespace Pix2Pix;

/// <summary>Detects pointer files, which stand in for files that Git LFS has not downloaded.</summary>
internal static class GitLfsPointer
{
    /// <summary>A sentence for error messages, or null if the bytes are not those of a pointer file.</summary>
    /// <param name="start">The first bytes of the file.</param>
    public static string? Problem(ReadOnlySpan<byte> start) => start.StartsWith("version https://git-lfs.github.com/spec/"u8)
        ? "It is a Git LFS pointer instead of the file; download the file with 'git lfs pull'."
        : null;

    /// <summary>A sentence for error messages, or null if the file is not a pointer file.</summary>
    /// <param name="path">An existing, regular file.</param>
    public static string? Problem(string path)
    {
        using var file = File.OpenRead(path);
        return Problem(file);
    }

    /// <summary>A sentence for error messages, or null if the file is not a pointer file.</summary>
    /// <param name="file">A file, which is left at its start.</param>
    public static string? Problem(Stream file)
    {
        Span<byte> start = stackalloc byte[64];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return Problem(start[..length]);
    }
}
