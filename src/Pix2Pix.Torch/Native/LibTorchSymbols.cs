namespace Pix2Pix.Torch.Native;

/// <summary>
/// Checks whether a libtorch exports everything that TorchSharp's library needs. The loader binds functions at their first call and
/// terminates the process if one is missing, so a mismatched libtorch version must be detected before it is loaded.
/// </summary>
internal static class LibTorchSymbols
{
    public static void Check(ElfFile torchSharp, LibTorchFolder libTorch)
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
}
