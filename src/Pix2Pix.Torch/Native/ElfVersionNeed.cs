namespace Pix2Pix.Torch.Native;

/// <summary>A version of symbols that an ELF file needs from another library.</summary>
/// <param name="Library">The library that should provide it, such as libstdc++.so.6.</param>
/// <param name="Version">The version, such as GLIBCXX_3.4.32.</param>
/// <param name="Index">The index by which symbols refer to the version.</param>
/// <param name="IsWeak">True if the loader accepts a library that lacks the version.</param>
/// <param name="FlagsOffset">The file offset of the 16-bit flags; the value 2 makes the version weak.</param>
internal readonly record struct ElfVersionNeed(string Library, string Version, int Index, bool IsWeak, long FlagsOffset);
