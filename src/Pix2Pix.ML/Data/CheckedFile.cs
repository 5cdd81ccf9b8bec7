namespace Pix2Pix.ML.Data;

/// <summary>What an image file is found to be.</summary>
/// <param name="Width">In pixels, upright; 0 where it cannot be told.</param>
/// <param name="Height">In pixels, upright; 0 where it cannot be told.</param>
/// <param name="Has16Bits">Whether a channel has 16 bits, of which 8 are read.</param>
/// <param name="Problem">A predicate, as in "is cut off"; null where there is none.</param>
internal sealed record CheckedFile(int Width, int Height, bool Has16Bits, string? Problem)
{
    /// <summary>Looks into a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="decode">Whether to decode it; the header and the end of the file alone tell less.</param>
    public static CheckedFile Of(string path, bool decode)
    {
        try
        {
            if (!ImageFiles.IsRead(path))
                return NoFile(path, $"is of a format that is not read ('{Path.GetExtension(path)}'); convert it to PNG");
            using var encoded = EncodedImage.Open(path);
            var problem = decode ? encoded.DecodingProblem() : encoded.Problem;
            return new CheckedFile(encoded.Width, encoded.Height, encoded.Has16Bits, problem is null ? null : problem + Hint(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return NoFile(path, "is not there");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Faulty($"cannot be read: {e.Message.TrimEnd('.')}");
        }
    }

    private static string Hint(string path) => Path.GetFileName(path).StartsWith("._", StringComparison.Ordinal)
        ? " (macOS writes such files beside images; remove it)"
        : string.Empty;

    private static CheckedFile NoFile(string path, string problem)
        => Faulty(Directory.Exists(path) ? "is a folder; expected an image" : problem);

    private static CheckedFile Faulty(string problem) => new(0, 0, Has16Bits: false, problem);
}
