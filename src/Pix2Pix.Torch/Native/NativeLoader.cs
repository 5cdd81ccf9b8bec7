using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Native;

/// <summary>Executes a plan: writes the private copy if one is needed, and loads each file by its full path.</summary>
internal static class NativeLoader
{
    public static TorchRuntimeInfo Load(NativeLibraryPlan plan, NativeHost host)
    {
        string torchSharp = plan.VersionsToWeaken.Count == 0
            ? plan.LibTorchSharpFile
            : PrivateCopy.Provide(
                plan.LibTorchSharpFile,
                bytes => PatchedLibrary.Create(bytes, plan.LibTorchSharpFile, plan.VersionsToWeaken),
                host.CacheFolders);
        OpenMpWaitPolicy.Limit();
        GlibcMalloc.Begin();
        foreach (string file in plan.LibTorchFiles.Append(torchSharp))
            Load(file);
        return new()
        {
            LibTorchFolder = plan.LibTorchFolder,
            LibTorchSharpFile = torchSharp,
            IsPatchedCopy = host.CacheFolders.Any(
                folder => torchSharp.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)),
            HasCudaLibraries = plan.HasCuda,
        };
    }

    /// <summary>Loads a file for the lifetime of the process; libtorch cannot be unloaded.</summary>
    internal static void Load(string file)
    {
        try
        {
            NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new TorchRuntimeException(NativeErrors.LoaderRefuses(file, e.Message), e);
        }
    }
}
