using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch.Tests.Native;

public class ElfVersionsTests
{
    [Fact]
    public void Needs_TorchSharp_ListsLibrariesAndVersions()
    {
        RealLibraries.SkipUnlessLinux();
        using var elf = ElfFile.Open(RealLibraries.TorchSharp);

        var needs = ElfVersions.Needs(elf);

        Assert.Equal(28, needs.Count); // As readelf --version-info counts.
        Assert.Equal(
            ["ld-linux-x86-64.so.2", "libc.so.6", "libgcc_s.so.1", "libm.so.6", "libstdc++.so.6"],
            needs.Select(need => need.Library).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(new ElfVersionNeed("libstdc++.so.6", "GLIBCXX_3.4.32", 18, false, 0x3f8f0 + 0x140 + 4), needs);
    }

    [Fact]
    public void Definitions_TorchSharp_HasNone()
    {
        RealLibraries.SkipUnlessLinux();
        using var elf = ElfFile.Open(RealLibraries.TorchSharp);

        Assert.Empty(ElfVersions.Definitions(elf));
    }

    [Fact]
    public void Read_ProcessesStandardLibrary_HasTheVersionsThatDotNetNeeds()
    {
        RealLibraries.SkipUnlessLinux();

        var library = NativeHost.Current().StandardLibrary;

        Assert.NotNull(library);
        Assert.Contains("GLIBCXX_3.4.21", library.Versions);
        Assert.Contains("CXXABI_1.3.9", library.Versions);
        Assert.True(File.Exists(library.File));
    }

    [Fact]
    public void Newest_ComparesNumbers()
    {
        string[] versions = ["GLIBCXX_3.4.9", "GLIBCXX_3.4.30", "GLIBCXX_LDBL_3.4", "CXXABI_1.3", "CXXABI_1.3.13"];
        var library = new StandardLibrary("x", versions.ToHashSet());

        Assert.Equal("GLIBCXX_3.4.30 and CXXABI_1.3.13", library.Newest);
    }
}
