namespace Pix2Pix.Torch.Native;

/// <summary>A version of symbols that an ELF file needs from another library.</summary>
/// <param name="Library">The library that shall provide it, such as libstdc++.so.6.</param>
/// <param name="Version">Such as GLIBCXX_3.4.32.</param>
/// <param name="Index">By which symbols name the version.</param>
/// <param name="IsWeak">True if the loader lets the library lack the version.</param>
/// <param name="FlagsOffset">Where in the file the 16 bits lie whose value 2 makes the version weak.</param>
internal readonly record struct ElfVersionNeed(string Library, string Version, int Index, bool IsWeak, long FlagsOffset);
