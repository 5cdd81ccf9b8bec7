using System.Security.Cryptography;

namespace Pix2Pix.Torch.Native;

/// <summary>
/// A changed copy of a native library in a folder of the user: <c>folder/native/SHA-256 of the source/file name</c>. Processes may
/// provide the same copy at once: it appears by renaming, whole, and what is there is used only if it is what would be written.
/// </summary>
internal static class PrivateCopy
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The user's cache folder, as the XDG Base Directory Specification finds it, then the folder for temporary files.</summary>
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

    /// <summary>Writes the copy to the first folder that allows it, unless it is there already.</summary>
    /// <returns>The path of the copy.</returns>
    /// <exception cref="TorchRuntimeException">No folder allows it.</exception>
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

    /// <summary>Code is loaded from here: a folder that others may write to could have it exchanged after it has been compared.</summary>
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
