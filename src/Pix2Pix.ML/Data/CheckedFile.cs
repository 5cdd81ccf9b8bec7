namespace Pix2Pix.ML.Data;

/// <summary>The result of checking an image file.</summary>
/// <param name="Width">In pixels, after applying the orientation; 0 if unknown.</param>
/// <param name="Height">In pixels, after applying the orientation; 0 if unknown.</param>
/// <param name="Has16Bits">Whether channels have 16 bits, of which 8 are read.</param>
/// <param name="Problem">A predicate, as in "is cut off"; null if there is no problem.</param>
internal sealed record CheckedFile(int Width, int Height, bool Has16Bits, string? Problem)
{
    /// <summary>Checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="decode">Whether to decode the file; checking only the header and the end of the file finds fewer problems.</param>
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
