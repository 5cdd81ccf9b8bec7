using System.Buffers.Binary;
using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch.Tests.Native;

public class StandardLibraryNeedsTests
{
    private const string MarkersVersion = "GLIBCXX_3.4.32";

    [Fact]
    public void VersionsToWeaken_AllProvided_IsEmpty()
    {
        RealLibraries.SkipUnlessLinux();

        Assert.Empty(VersionsToWeaken(File.ReadAllBytes(RealLibraries.TorchSharp)));
    }

    [Fact]
    public void VersionsToWeaken_MarkersVersionMissing_IsThatVersion()
    {
        RealLibraries.SkipUnlessLinux();

        Assert.Equal([MarkersVersion], VersionsToWeaken(File.ReadAllBytes(RealLibraries.TorchSharp), MarkersVersion));
    }

    [Fact]
    public void VersionsToWeaken_PatchedLibrary_IsEmpty()
    {
        RealLibraries.SkipUnlessLinux();
        byte[] library = File.ReadAllBytes(RealLibraries.TorchSharp);

        Assert.Empty(VersionsToWeaken(PatchedLibrary.Create(library, "x.so", [MarkersVersion]), MarkersVersion));
    }

    [Fact]
    public void VersionsToWeaken_VersionOfCalledFunctionsMissing_NamesVersionAndSystem()
    {
        RealLibraries.SkipUnlessLinux();
        byte[] library = File.ReadAllBytes(RealLibraries.TorchSharp);

        var error = Assert.Throws<TorchRuntimeException>(
            () => VersionsToWeaken(library, MarkersVersion, "GLIBCXX_3.4.30", "GLIBCXX_3.4.29", "CXXABI_1.3.13"));

        Assert.Equal(
            "'x.so' needs GLIBCXX_3.4.30, GLIBCXX_3.4.29, CXXABI_1.3.13 of libstdc++.so.6, but '/old/libstdc++.so.6' only provides versions up to "
            + "GLIBCXX_3.4.26 and CXXABI_1.3.9. Use a newer distribution, such as Debian 13 or Ubuntu 24.04, or a newer libstdc++ "
            + "through LD_LIBRARY_PATH.",
            error.Message);
    }

    [Fact]
    public void VersionsToWeaken_CodeRefersToMarker_Throws()
    {
        RealLibraries.SkipUnlessLinux();
        byte[] library = File.ReadAllBytes(RealLibraries.TorchSharp);
        LetFirstRelocationNameTheMarker(library);

        var error = Assert.Throws<TorchRuntimeException>(() => VersionsToWeaken(library, MarkersVersion));

        Assert.StartsWith($"'x.so' needs {MarkersVersion} of libstdc++.so.6, but ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void VersionsToWeaken_NoStandardLibrary_ReportsWhatToInstall()
    {
        RealLibraries.SkipUnlessLinux();
        using var elf = ElfFile.Open(RealLibraries.TorchSharp);

        var error = Assert.Throws<TorchRuntimeException>(() => StandardLibraryNeeds.VersionsToWeaken(elf, null));

        Assert.Equal(
            $"'{RealLibraries.TorchSharp}' needs libstdc++.so.6, which cannot be loaded. Install the system's C++ library "
            + "(Debian, Ubuntu: libstdc++6).",
            error.Message);
    }

    [Fact]
    public void Create_MarkersVersion_ChangesOneBitOfACopy()
    {
        RealLibraries.SkipUnlessLinux();
        byte[] library = File.ReadAllBytes(RealLibraries.TorchSharp);
        byte[] before = [.. library];

        byte[] weakened = PatchedLibrary.Create(library, "x.so", [MarkersVersion]);

        Assert.Equal(before, library);
        int changed = Assert.Single(Enumerable.Range(0, library.Length), i => library[i] != weakened[i]);
        Assert.Equal(2, library[changed] ^ weakened[changed]);
        using var elf = new ElfFile(new MemoryStream(weakened), "x.so");
        Assert.Equal(MarkersVersion, Assert.Single(ElfVersions.Needs(elf), need => need.IsWeak).Version);
    }

    private static IReadOnlyList<string> VersionsToWeaken(byte[] library, params string[] lacking)
    {
        using var elf = new ElfFile(new MemoryStream(library), "x.so");
        var present = new StandardLibrary("/old/libstdc++.so.6", RealLibraries.VersionsNeeded().Except(lacking).ToHashSet());
        return StandardLibraryNeeds.VersionsToWeaken(elf, present);
    }

    private static void LetFirstRelocationNameTheMarker(byte[] library)
    {
        using var elf = new ElfFile(new MemoryStream(library), "x.so");
        uint marker = ElfSymbol.Read(elf).Single(symbol => symbol.Name == "_ZSt21ios_base_library_initv").Index;
        long firstRelocation = elf.Find(ElfSection.RelocationsWithAddend)!.Value.Offset;
        BinaryPrimitives.WriteUInt32LittleEndian(library.AsSpan((int)firstRelocation + 12), marker);
    }
}
