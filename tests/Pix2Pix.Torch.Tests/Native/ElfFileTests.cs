using Pix2Pix.Torch.Native;

namespace Pix2Pix.Torch.Tests.Native;

public class ElfFileTests
{
    [Fact]
    public void Open_Text_NamesFileAndFault()
    {
        using var folder = new LibraryFolder();
        string file = folder.Write("libc10.so", new string('x', 100));

        var error = Assert.Throws<ElfFormatException>(() => ElfFile.Open(file));

        Assert.Equal($"'{file}' is not a usable ELF library: it does not begin with the ELF signature.", error.Message);
    }

    [Fact]
    public void Constructor_EmptyFile_ReportsItsLength() =>
        AssertFault([], "it has 0 bytes, fewer than an ELF header");

    [Fact]
    public void Constructor_32BitFile_ReportsWhatIsExpected() =>
        AssertFault(Changed(4, 1), "it is not a 64-bit little-endian shared library");

    [Fact]
    public void Constructor_NoSections_ReportsIt() =>
        AssertFault(Changed(60, 0), "it has no section table");

    [Fact]
    public void Constructor_Truncated_ReportsWhatIsMissing()
    {
        byte[] whole = SmallLibrary(); // Its section table lies from byte 5768 to byte 7816.

        AssertFault(whole[..7000], "the section table should end at byte 7816, but the file has 7000 bytes");
    }

    [Fact]
    public void Reading_AnyTruncation_EndsInAnElfFault()
    {
        byte[] whole = SmallLibrary();
        using var elf = new ElfFile(new MemoryStream(whole), "x.so");
        long end = elf.Sections.Max(section => section.Offset + section.Size);
        Assert.InRange(end, 7000, whole.Length);
        for (int length = 0; length < end; length += 7)
            Assert.NotNull(Record.Exception(() => ReadAll(whole[..length])) as ElfFormatException);
    }

    [Fact]
    public void Reading_HostileBytes_EndsWellOrInAnElfFault()
    {
        byte[] whole = SmallLibrary();
        var random = new Random(1);
        int faults = 0;
        for (int round = 0; round < 3000; round++)
        {
            byte[] hostile = [.. whole];
            int begin = random.Next(2) == 0 ? random.Next(0x900) : random.Next(whole.Length);
            random.NextBytes(hostile.AsSpan(begin, Math.Min(random.Next(1, 9), whole.Length - begin)));
            var error = Record.Exception(() => ReadAll(hostile));
            Assert.True(error is null or ElfFormatException, $"Round {round}: {error}");
            faults += error is null ? 0 : 1;
        }
        Assert.InRange(faults, 1, 2999);
    }

    private static void AssertFault(byte[] bytes, string fault)
    {
        var error = Assert.Throws<ElfFormatException>(() => new ElfFile(new MemoryStream(bytes), "x.so"));
        Assert.Equal($"'x.so' is not a usable ELF library: {fault}.", error.Message);
    }

    private static byte[] SmallLibrary()
    {
        RealLibraries.SkipUnlessPresent();
        return File.ReadAllBytes(RealLibraries.SmallLibrary);
    }

    private static byte[] Changed(int offset, byte value)
    {
        byte[] bytes = SmallLibrary();
        bytes[offset] = value;
        return bytes;
    }

    private static void ReadAll(byte[] bytes)
    {
        using var elf = new ElfFile(new MemoryStream(bytes), "x.so");
        _ = ElfSymbol.Read(elf).Count();
        _ = ElfVersions.Needs(elf);
        _ = ElfVersions.Definitions(elf).Count();
        _ = ElfRelocations.SymbolIndices(elf);
    }
}
