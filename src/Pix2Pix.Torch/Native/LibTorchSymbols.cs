namespace Pix2Pix.Torch.Native;

/// <summary>
/// Whether a libtorch exports all that TorchSharp's library needs. The loader binds functions at their first call and ends the
/// process where one is missing, so another version of libtorch must be found out before it is loaded.
/// </summary>
internal static class LibTorchSymbols
{
    public static void Check(ElfFile torchSharp, LibTorchFolder libTorch)
    {
        // Symbols of libc, libm, libgcc and libstdc++ carry versions, those of libtorch none.
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
