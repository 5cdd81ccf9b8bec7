using Microsoft.ML.Data;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Image files in folders. They are found in an order that does not depend on the file system, and damage to them is told.
/// </summary>
/// <remarks>
/// ML.NET's own loader takes half a file without a word, and what is missing is gray; and it leaves photographs lying on their side that a
/// camera marked as turned. <see cref="Read"/> gives the same pixels by the same decoder, or an error, and turns them upright as their EXIF
/// orientation says. Thread-safe.
/// </remarks>
public static class ImageFiles
{
    private static readonly string[] Endings = [".bmp", ".gif", ".jfif", ".jpe", ".jpeg", ".jpg", ".png", ".webp"];

    // Of other formats for pictures. A folder with these has more images than are read.
    private static readonly string[] Unread =
        [".avif", ".cr2", ".dng", ".exr", ".heic", ".heif", ".jp2", ".jxl", ".nef", ".pbm", ".pgm", ".ppm", ".psd", ".tga", ".tif", ".tiff"];

    /// <summary>
    /// The paths of a folder's BMP, GIF, JPEG, PNG and WebP files by their endings, not of those below it, by name in ordinal order.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> In(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Find(folder, Endings);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The image, upright, as Bgra32; of several frames the first. Dispose of it.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is empty, cut off, damaged, no image that can be decoded, or one of more than 2^28 pixels.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static MLImage Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var encoded = Open(path);
        return encoded.Decode(out var problem) ?? throw new InvalidDataException($"'{path}' {problem}.");
    }

    /// <summary>What is wrong with a file: a predicate as in "is cut off". It is decoded to find out.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The predicate, without a full stop; <see langword="null"/> where the file can be read as a whole.</returns>
    public static string? Problem(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return CheckedFile.Of(path, decode: true).Problem;
    }

    /// <summary>
    /// A folder's files that somebody may take for images, in formats that are read and in others, by name in ordinal order.
    /// </summary>
    internal static IReadOnlyList<string> Candidates(string folder) => Find(folder, [.. Endings, .. Unread]);

    /// <summary>Whether a file's ending is that of a format that is read.</summary>
    internal static bool IsRead(string path) => Endings.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Whether a file's ending is that of a format for pictures, read or not.</summary>
    internal static bool IsImage(string path) => IsRead(path) || Unread.Contains(Path.GetExtension(path).ToLowerInvariant());

    private static EncodedImage Open(string path)
    {
        try
        {
            return EncodedImage.Open(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            var folder = Directory.Exists(path) ? " (it is a folder)" : string.Empty;
            throw new FileNotFoundException($"There is no file '{Path.GetFullPath(path)}'{folder}; expected an image.", path, e);
        }
    }

    private static string[] Find(string folder, string[] endings) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Where(path => endings.Contains(Path.GetExtension(path).ToLowerInvariant()))
            .OrderBy(path => Path.GetFileName(path), StringComparer.Ordinal),
    ];
}
