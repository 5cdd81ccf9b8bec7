using System.Buffers.Binary;
using System.Runtime.InteropServices;
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
        var failures = new List<string>();
        foreach (string folder in folders)
        {
            try
            {
                return Write(changed, folder, key, Path.GetFileName(source));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failures.Add($"'{folder}' ({e.Message.TrimEnd('.')})");
            }
        }
        throw new TorchRuntimeException(NativeErrors.CopyNotWritten(source, failures));
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
            throw new UnauthorizedAccessException($"other users can write to '{folder}'");
    }
}

/// <summary>The Linux status of a file or folder: its identity, independent of its name, and its write permissions.</summary>
internal readonly partial record struct FileStatus(ulong Device, ulong Inode, uint Owner, UnixFileMode Mode)
{
    // Linux's statx(2), whose layout, unlike stat's, is the same on every architecture.
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const uint BasicFields = 0x7ff; // STATX_BASIC_STATS
    private const int BufferSize = 256;

    /// <summary>True if only this process's user (or root) can change the file or folder.</summary>
    public bool IsPrivate =>
        (Owner == CurrentUser() || Owner == 0) && (Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;

    /// <summary>The status of the target of a path, following links; null if the target does not exist.</summary>
    public static FileStatus? Of(string path)
    {
        byte[] buffer = new byte[BufferSize];
        if (Statx(CurrentDirectory, path, 0, BasicFields, buffer) != 0)
            return null;
        uint owner = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(20));
        ushort mode = BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(28));
        ulong inode = BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan(32));
        ulong device = BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan(136));
        return new(device, inode, owner, (UnixFileMode)(mode & 0xfff));
    }

    /// <summary>
    /// True if two paths refer to the same file, also through symbolic or hard links, so that the system's loader loads it once.
    /// </summary>
    public static bool IsSameFile(string first, string second)
    {
        if (OperatingSystem.IsLinux())
            return Of(first) is { } a && Of(second) is { } b && a.Device == b.Device && a.Inode == b.Inode;
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return string.Equals(Target(first), Target(second), comparison);
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint CurrentUser();

    private static string Target(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, [Out] byte[] buffer);
}
