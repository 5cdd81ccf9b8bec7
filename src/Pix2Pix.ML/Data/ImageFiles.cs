using Microsoft.ML.Data;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Finds and reads image files. The order of files does not depend on the file system, and damaged files are reported.
/// </summary>
/// <remarks>
/// ML.NET's own loader silently accepts truncated files, fills the missing part with gray, and ignores the EXIF orientation of photographs.
/// <see cref="Read"/> returns the same pixels from the same decoder, or throws an exception, and rotates images upright according to their
/// EXIF orientation. Thread-safe.
/// </remarks>
internal static class ImageFiles
{
    private static readonly string[] Extensions = [".bmp", ".gif", ".jfif", ".jpe", ".jpeg", ".jpg", ".png", ".webp"];

    // Extensions of other image formats. A folder with such files contains more images than are read.
    private static readonly string[] Unread =
        [".avif", ".cr2", ".dng", ".exr", ".heic", ".heif", ".jp2", ".jxl", ".nef", ".pbm", ".pgm", ".ppm", ".psd", ".tga", ".tif", ".tiff"];

    /// <summary>
    /// Lists the BMP, GIF, JPEG, PNG and WebP files of a folder, selected by file extension and sorted by name in ordinal order. Subfolders
    /// are not searched.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static IReadOnlyList<string> In(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Find(folder, Extensions);
    }

    /// <summary>Reads an image file.</summary>
    /// <param name="path">The image file.</param>
    /// <param name="limits">What the file may contain; null for the defaults.</param>
    /// <returns>The image, upright, as Bgra32; the first frame if there are several. The caller disposes of it.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is empty, truncated, damaged, not an image that can be decoded, a pipe or device, or exceeds the limits.
    /// </exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static MLImage Read(string path, ImageLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var encoded = Open(path, limits ?? ImageLimits.Default);
        return encoded.Decode(out var problem) ?? throw new InvalidDataException($"'{path}' {problem}.");
    }

    /// <summary>Decodes a file to find out what is wrong with it. The problem is stated as a predicate, as in "is truncated".</summary>
    /// <param name="path">The image file.</param>
    /// <returns>The predicate, without a period; <see langword="null"/> if the whole file can be read.</returns>
    public static string? Problem(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return CheckedFile.Of(path, decode: true, ImageLimits.Default).Problem;
    }

    /// <summary>
    /// Lists the files of a folder that may be images, in supported and unsupported formats, sorted by name in ordinal order.
    /// </summary>
    internal static IReadOnlyList<string> Candidates(string folder) => Find(folder, [.. Extensions, .. Unread]);

    /// <summary>Whether a file has the extension of a supported image format.</summary>
    internal static bool IsRead(string path) => Extensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Whether a file has the extension of an image format, supported or not.</summary>
    internal static bool IsImage(string path) => IsRead(path) || Unread.Contains(Path.GetExtension(path).ToLowerInvariant());

    private static EncodedImage Open(string path, ImageLimits limits)
    {
        try
        {
            return EncodedImage.Open(path, limits);
        }
        catch (InvalidDataException e) // a predicate
        {
            throw new InvalidDataException($"'{path}' {e.Message}.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            var folder = Directory.Exists(path) ? " (this is a folder)" : string.Empty;
            throw new FileNotFoundException($"The file '{Path.GetFullPath(path)}' does not exist{folder}; expected an image.", path, e);
        }
    }

    private static string[] Find(string folder, string[] endings) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Where(path => endings.Contains(Path.GetExtension(path).ToLowerInvariant()))
            .OrderBy(path => Path.GetFileName(path), StringComparer.Ordinal),
    ];
}

/// <summary>Validates output paths of PNG files.</summary>
internal static class PngPath
{
    /// <exception cref="ArgumentException">The path does not end in .png.</exception>
    public static void Check(string path, string parameter)
    {
        if (!Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"The path '{path}' does not end in .png.", parameter);
    }
}
