// A separate process for tests: native libraries load once per process, and a wrong choice may crash it.
// Loads the files given as arguments, initializes the runtime, computes with torch, and prints what it found as name=value lines.
using System.Runtime.InteropServices;
using Pix2Pix.Torch;
using TorchSharp;

foreach (string file in args)
    NativeLibrary.Load(file);

try
{
    var info = TorchRuntime.Initialize();
    Console.WriteLine($"folder={info.LibTorchFolder}");
    Console.WriteLine($"torchSharp={info.LibTorchSharpFile}");
    Console.WriteLine($"patched={info.IsPatchedCopy}");
    Console.WriteLine($"cuda={info.HasCudaLibraries}");
}
catch (TorchRuntimeException first)
{
    Console.Error.Write(first.Message);
    return SameAgain(first) ? 3 : 4;
}

using var ones = torch.ones(3, 4);
using var product = ones.matmul(torch.full(new long[] { 4, 2 }, 0.5f));
Console.WriteLine($"sum={product.sum().ToSingle()}");
foreach (string file in MappedFiles().Where(f => f.Contains("torch", StringComparison.OrdinalIgnoreCase) && f.Contains(".so")))
    Console.WriteLine($"mapped={file}");
return 0;

static bool SameAgain(TorchRuntimeException first)
{
    try
    {
        TorchRuntime.Initialize();
        return false;
    }
    catch (TorchRuntimeException second)
    {
        return second.Message == first.Message;
    }
}

static IEnumerable<string> MappedFiles() => OperatingSystem.IsLinux()
    ? File.ReadLines("/proc/self/maps").Select(line => line.IndexOf('/') is var path and >= 0 ? line[path..] : "").Distinct()
    : [];
