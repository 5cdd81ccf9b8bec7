using System.Diagnostics;
using System.Net.Sockets;

namespace Pix2Pix.Core.Tests;

public sealed class RegularFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pix2pix-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void OpenRead_ARegularFileOrALinkToIt_IsRead(int length)
    {
        File.WriteAllBytes(PathOf("file"), new byte[length]);
        string[] paths = OperatingSystem.IsWindows() ? [PathOf("file")] : [PathOf("file"), Link("link", "file"), Link("second", "link")];

        foreach (var path in paths)
        {
            using var stream = RegularFile.OpenRead(path, length);
            Assert.Equal(length, stream.Length);
            Assert.Equal(length, stream.ReadAtLeast(new byte[length + 1], length + 1, throwOnEndOfStream: false));
        }
    }

    [Fact]
    public void OpenRead_LongerThanTheMaximum_NamesBoth()
    {
        File.WriteAllBytes(PathOf("file"), new byte[1025]);

        var error = Assert.Throws<IOException>(() => RegularFile.OpenRead(PathOf("file"), 1024));

        Assert.Equal($"'{PathOf("file")}' has 1,025 bytes; expected at most 1,024.", error.Message);
    }

    [Fact]
    public void OpenRead_PipesDevicesAndSockets_AreRejectedByKind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files in folders.");
        using (var mkfifo = Process.Start("mkfifo", [PathOf("pipe")]))
            mkfifo.WaitForExit();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(PathOf("socket")));
        (string Path, string Kind)[] files =
        [
            (PathOf("pipe"), "named pipe"), (Link("to-pipe", "pipe"), "named pipe"), (Link("to-link", "to-pipe"), "named pipe"),
            ("/dev/zero", "device"), (Link("to-zero", "/dev/zero"), "device"), (PathOf("socket"), "socket"),
        ];

        foreach (var (path, kind) in files)
        {
            var error = Assert.Throws<IOException>(() => RegularFile.OpenRead(path));
            Assert.Equal($"'{path}' is a {kind}; expected a regular file.", error.Message);
        }
    }

    [Fact]
    public void OpenRead_APipeOfAnotherProcess_IsRejected()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The links are in /proc.");
        using var process = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true })!;
        var path = $"/proc/{process.Id}/fd/0"; // as in <(...) of a shell

        var error = Assert.Throws<IOException>(() => RegularFile.OpenRead(path));

        Assert.Equal($"'{path}' is a pipe; expected a regular file.", error.Message);
        process.StandardInput.Close();
        process.WaitForExit();
    }

    [Fact]
    public void OpenRead_NoFile_IsNotFound()
    {
        Assert.Throws<FileNotFoundException>(() => RegularFile.OpenRead(PathOf("none")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Throws<FileNotFoundException>(() => RegularFile.OpenRead(Link("broken", "none")));
            Assert.Throws<IOException>(() => RegularFile.OpenRead(Link("cycle", "cycle")));
        }
    }

    [Fact]
    public void OpenRead_AFolder_IsDenied() => Assert.Throws<UnauthorizedAccessException>(() => RegularFile.OpenRead(_folder));

    private string Link(string name, string target)
    {
        File.CreateSymbolicLink(PathOf(name), target);
        return PathOf(name);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
