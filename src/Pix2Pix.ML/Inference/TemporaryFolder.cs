using System.Text;

namespace Pix2Pix.ML.Inference;

/// <summary>The folder for temporary files, which ML.NET needs to save and to load any model.</summary>
internal static class TemporaryFolder
{
    private const string Shared = "/dev/shm";

    /// <summary>The reason why no file can be created in a folder, or null.</summary>
    public static string? Problem(string folder)
    {
        var path = Path.Combine(folder, $"pix2pix-{Guid.NewGuid():N}.tmp");
        try
        {
            new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return e.Message;
        }
    }

    /// <summary>
    /// The first folder if files can be created in it, else the system's temporary folder, the second folder, or Linux's shared memory; null
    /// if all of them fail.
    /// </summary>
    public static string? Usable(string first, string second)
        => new[] { first, Path.GetTempPath(), second, Shared }.FirstOrDefault(folder => Problem(folder) is null);

    /// <summary>
    /// Deletes the files with the given texts at their ends. ML.NET creates a file for each ONNX model and keeps it if it fails to load a
    /// later stage.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="marks">The texts, by the lengths of the files.</param>
    public static void Delete(string folder, ILookup<long, string> marks)
    {
        try
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("????????.???"))
            {
                if (file.Exists && marks[file.Length].Any(mark => EndsWith(file, mark)))
                    file.Delete();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Ignored, so that the original error is reported.
        }
    }

    private static bool EndsWith(FileInfo file, string mark)
        => File.ReadAllBytes(file.FullName).AsSpan().EndsWith(Encoding.UTF8.GetBytes(mark));
}
