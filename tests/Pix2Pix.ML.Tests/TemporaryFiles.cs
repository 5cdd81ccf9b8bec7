using System.Runtime.CompilerServices;

namespace Pix2Pix.ML.Tests;

/// <summary>
/// A temporary folder for this process and those that it starts. ML.NET leaves the ONNX file of a model behind that it fails to load.
/// </summary>
internal static class TemporaryFiles
{
    [ModuleInitializer]
    internal static void MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("pix2pix-tests-").FullName;
        Environment.SetEnvironmentVariable(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(folder);
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException) // Windows keeps what is open
        {
        }
    }
}
