using System.Diagnostics;
using System.Reflection;

namespace Pix2Pix.Torch.Tests.Native;

/// <summary>A copy of the program NativeProbe without libtorch, which runs in a separate process.</summary>
internal sealed class ProbeApplication : IDisposable
{
    private readonly LibraryFolder _folder = new();

    public ProbeApplication()
    {
        RealLibraries.SkipUnlessPresent();
        string program = typeof(ProbeApplication).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "NativeProbe").Value!;
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(program)!))
            File.Copy(file, Path.Combine(_folder.Folder("app"), Path.GetFileName(file)));
        _folder.SymbolicLink("app/runtimes/linux-x64/native/libLibTorchSharp.so", RealLibraries.TorchSharp);
    }

    public LibraryFolder Folder => _folder;

    /// <summary>Where .NET looks for the native files of the application's packages.</summary>
    public string PackageFolder => _folder.PathOf("app/runtimes/linux-x64/native");

    public string CacheFolder => _folder.PathOf("cache");

    public ProbeResult Run(string? libTorch = null, params string[] preloaded)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in preloaded.Prepend(_folder.PathOf("app/NativeProbe.dll")))
            start.ArgumentList.Add(argument);
        start.Environment["PIX2PIX_LIBTORCH"] = libTorch;
        start.Environment["XDG_CACHE_HOME"] = CacheFolder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    public void Dispose() => _folder.Dispose();
}
