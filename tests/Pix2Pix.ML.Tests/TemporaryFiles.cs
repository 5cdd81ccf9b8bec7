using System.Runtime.CompilerServices;

namespace Pix2Pix.ML.Tests;

/// <summary>
/// A temporary folder for this process and its children. ML.NET does not delete the ONNX file of a model that it fails to load.
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
        catch (IOException) // Windows does not delete open files
        {
        }
    }
}
