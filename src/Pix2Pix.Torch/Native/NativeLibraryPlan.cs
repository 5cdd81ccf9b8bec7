using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Native;

/// <summary>The files to load, in order. Creating a plan only inspects files: nothing is loaded or written.</summary>
internal sealed record NativeLibraryPlan
{
    public required string LibTorchFolder { get; init; }

    public required bool HasCuda { get; init; }

    /// <summary>libtorch's files in load order; empty if the process has already loaded them.</summary>
    public required IReadOnlyList<string> LibTorchFiles { get; init; }

    /// <summary>TorchSharp's native library.</summary>
    public required string LibTorchSharpFile { get; init; }

    /// <summary>The libstdc++ versions that a private copy of TorchSharp's library must not require; if empty, no copy is needed.</summary>
    public IReadOnlyList<string> VersionsToWeaken { get; init; } = [];

    public static NativeLibraryPlan Create(NativeHost host)
    {
        string? loadedTorch = host.LoadedFile("torch_cpu");
        string? loadedTorchSharp = host.LoadedFile("LibTorchSharp");
        bool isLoaded = loadedTorch is not null && loadedTorchSharp is not null;
        if (isLoaded && host.LibTorchVariable is null)
            return AsLoaded(host, loadedTorch!, loadedTorchSharp!);

        var libTorch = Native.LibTorchFolder.Find(host);
        if (loadedTorch is not null && !FileStatus.IsSameFile(loadedTorch, libTorch.FilePath("torch_cpu")))
            throw new TorchRuntimeException(NativeErrors.AlreadyLoaded(libTorch, loadedTorch));
        if (isLoaded)
            return AsLoaded(host, loadedTorch!, loadedTorchSharp!);

        CheckSecondCopy(host, libTorch);
        string torchSharp = FindLibTorchSharp(host);
        return new()
        {
            LibTorchFolder = libTorch.Folder,
            HasCuda = libTorch.HasCuda,
            LibTorchFiles = [.. libTorch.LoadOrder],
            LibTorchSharpFile = torchSharp,
            VersionsToWeaken = host.Platform.IsLinux ? CheckedVersionsToWeaken(torchSharp, libTorch, host.StandardLibrary) : [],
        };
    }

    private static IReadOnlyList<string> CheckedVersionsToWeaken(string torchSharp, LibTorchFolder libTorch, StandardLibrary? present)
    {
        foreach (string file in libTorch.LoadOrder)
            ElfFile.Open(file).Dispose(); // Throws if the file is truncated.
        using var elf = ElfFile.Open(torchSharp);
        CheckSymbols(elf, libTorch);
        return StandardLibraryNeeds.VersionsToWeaken(elf, present);
    }

    // TorchSharp loads these by name, and .NET searches its own directories before it uses a loaded library. A different file there would
    // be loaded as well, and a second libtorch aborts the process when it registers its operators.
    private static void CheckSecondCopy(NativeHost host, LibTorchFolder chosen)
    {
        foreach (string library in new[] { "torch_cpu", "torch_cuda" })
        {
            string? probed = host.ProbedDirectories
                .Select(directory => Path.Combine(directory, host.Platform.FileName(library)))
                .FirstOrDefault(File.Exists);
            if (probed is not null && !FileStatus.IsSameFile(probed, chosen.FilePath(library)))
                throw new TorchRuntimeException(NativeErrors.SecondCopy(chosen, probed));
        }
    }

    // Whether libtorch exports everything that TorchSharp's library needs. The loader binds functions at their first call and terminates
    // the process if one is missing, so a mismatched version must be detected before it is loaded.
    private static void CheckSymbols(ElfFile torchSharp, LibTorchFolder libTorch)
    {
        // Symbols of libc, libm, libgcc and libstdc++ are versioned; those of libtorch are not.
        var missing = ElfSymbol.Read(torchSharp)
            .Where(symbol => !symbol.IsDefined && !symbol.IsWeak && !symbol.HasVersion)
            .Select(symbol => symbol.Name)
            .ToHashSet();
        foreach (string provider in libTorch.Providers)
        {
            using var elf = ElfFile.Open(provider);
            missing.ExceptWith(ElfSymbol.Read(elf).Where(symbol => symbol.IsDefined).Select(symbol => symbol.Name));
        }
        if (missing.Count > 0)
            throw new TorchRuntimeException(NativeErrors.WrongLibTorch(libTorch, missing));
    }

    private static NativeLibraryPlan AsLoaded(NativeHost host, string torch, string torchSharp)
    {
        var folder = new LibTorchFolder(Path.GetDirectoryName(torch)!, host.Platform, IsFromVariable: false);
        return new() { LibTorchFolder = folder.Folder, HasCuda = folder.HasCuda, LibTorchFiles = [], LibTorchSharpFile = torchSharp };
    }

    private static string FindLibTorchSharp(NativeHost host)
    {
        string fileName = host.Platform.FileName("LibTorchSharp");
        return host.PackageDirectories.Select(directory => Path.Combine(directory, fileName)).FirstOrDefault(File.Exists)
            ?? throw new TorchRuntimeException(NativeErrors.NoLibTorchSharp(host.Platform, host.PackageDirectories));
    }
}

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
            throw new TorchRuntimeException(NativeErrors.NotLoaded(file, e.Message), e);
        }
    }
}
