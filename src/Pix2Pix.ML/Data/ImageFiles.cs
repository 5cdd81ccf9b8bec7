using System.Buffers.Binary;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Data;

/// <summary>Image files in folders. They are found in an order that does not depend on the file system, and damage to them is told.</summary>
/// <remarks>
/// ML.NET's decoder takes half a JPEG or PNG file without a word, and what is missing is gray. <see cref="Read"/> and <see cref="Problem"/>
/// find it by the mark that ends a file. They find no damage between the marks.
/// </remarks>
public static class ImageFiles
{
    private static readonly string[] Endings = [".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp"];

    /// <summary>The paths of a folder's BMP, GIF, JPEG, PNG and WebP files by their endings, not of those below it, by name in ordinal order.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> In(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return [.. Directory.EnumerateFiles(folder)
            .Where(path => Endings.Contains(Path.GetExtension(path).ToLowerInvariant()))
            .OrderBy(path => Path.GetFileName(path), StringComparer.Ordinal)];
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The image; dispose of it.</returns>
    /// <exception cref="InvalidDataException">The file is empty, cut off, or no image that can be decoded.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static MLImage Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var (image, problem) = Decode(File.ReadAllBytes(path));
        return image ?? throw new InvalidDataException($"'{path}' {problem}.");
    }

    /// <summary>What is wrong with a file: a predicate as in "is cut off". It is decoded to find out.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The predicate, without a full stop; <see langword="null"/> where the file can be read as a whole.</returns>
    public static string? Problem(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var (image, problem) = Decode(File.ReadAllBytes(path));
            image?.Dispose();
            return problem;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {e.Message.TrimEnd('.')}";
        }
    }

    private static (MLImage? Image, string? Problem) Decode(byte[] bytes)
    {
        if (bytes.Length == 0)
            return (null, "is empty");
        if (IsCutOff(bytes))
            return (null, "is cut off");
        try
        {
            return (MLImage.CreateFromStream(new MemoryStream(bytes)), null);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NullReferenceException)
        {
            return (null, "is no image that can be decoded");
        }
    }

    private static bool IsCutOff(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, ..] => JpegScan(bytes).IndexOf([(byte)0xFF, (byte)0xD9]) < 0,
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => bytes.LastIndexOf("IEND"u8) < 0,
        _ => false,
    };

    // What follows the segments with headers and thumbnails: each is FF, its kind, its length in two bytes; DA starts the scan.
    private static ReadOnlySpan<byte> JpegScan(ReadOnlySpan<byte> jpeg)
    {
        var at = 2;
        while (at + 4 <= jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] != 0xDA)
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        return jpeg[Math.Min(at, jpeg.Length)..];
    }
}
