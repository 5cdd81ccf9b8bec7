using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Native;

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
