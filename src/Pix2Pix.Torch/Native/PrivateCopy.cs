using System.Security.Cryptography;

namespace Pix2Pix.Torch.Native;

/// <summary>
/// A modified copy of a native library in a user folder: <c>folder/native/SHA-256 of the source/file name</c>. Several processes may
/// provide the same copy at once: it is renamed into place atomically, and an existing copy is used only if its contents are as expected.
/// </summary>
internal static class PrivateCopy
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// The user's cache folder according to the XDG Base Directory Specification, followed by the folder for temporary files.
    /// </summary>
    public static IReadOnlyList<string> DefaultFolders()
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!Path.IsPathFullyQualified(cache ?? ""))
        {
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            cache = home == "" ? null : Path.Combine(home, ".cache");
        }
        string temporary = Path.Combine(Path.GetTempPath(), $"pix2pix-{FileStatus.CurrentUser()}");
        return cache is null ? [temporary] : [Path.Combine(cache, "pix2pix"), temporary];
    }

    /// <summary>Writes the copy to the first writable folder, unless it already exists.</summary>
    /// <returns>The path of the copy.</returns>
    /// <exception cref="TorchRuntimeException">No folder is writable.</exception>
    public static string Provide(string source, Func<byte[], byte[]> change, IReadOnlyList<string> folders)
    {
        byte[] original = File.ReadAllBytes(source);
        byte[] changed = change(original);
        string key = Convert.ToHexStringLower(SHA256.HashData(original));
        var refusals = new List<string>();
        foreach (string folder in folders)
        {
            try
            {
                return Write(changed, folder, key, Path.GetFileName(source));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                refusals.Add($"'{folder}' ({e.Message.TrimEnd('.')})");
            }
        }
        throw new TorchRuntimeException(NativeErrors.NoPlaceForCopy(source, refusals));
    }

    private static string Write(byte[] bytes, string folder, string key, string fileName)
    {
        string keyFolder = Path.Combine(folder, "native", key);
        foreach (string part in new[] { folder, Path.Combine(folder, "native"), keyFolder })
            CreatePrivately(part);

        string path = Path.Combine(keyFolder, fileName);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            return path;
        string temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
        return path;
    }

    /// <summary>
    /// Code is loaded from this folder. If others could write to it, they could replace the code after it has been compared.
    /// </summary>
    private static void CreatePrivately(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
        if (OperatingSystem.IsLinux() && FileStatus.Of(folder) is not { IsPrivate: true })
            throw new UnauthorizedAccessException($"other users may write to '{folder}'");
    }
}
