using System.Globalization;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Native;

/// <summary>The process keeps the memory that libtorch frees.</summary>
[Collection(TorchCollection.Name)]
public class GlibcMallocTests
{
    // Less than the 64 MiB of a secondary thread's heap; larger tensors are mapped individually there.
    private const int Bytes = 24 << 20;
    private const long Pages = Bytes / 4096;

    /// <summary>
    /// The first use of a page is a page fault. Without the setting, ten consecutive tensors need the pages of ten; with it, the heap
    /// reuses most of the pages.
    /// </summary>
    [Fact]
    public void Tensors_OneAfterTheOther_UseTheSamePages()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only glibc is told to keep memory.");
        Assert.SkipWhen(IsSetByUser(), "The environment says how glibc keeps memory.");
        Write();

        var before = Faults();
        for (var i = 0; i < 10; i++)
            Write();

        Assert.InRange(Faults() - before, 0, 8 * Pages);
    }

    private static void Write()
    {
        using var tensor = zeros(Bytes / sizeof(float));
    }

    private static bool IsSetByUser()
        => Environment.GetEnvironmentVariables().Keys.OfType<string>()
            .Any(name => name is "GLIBC_TUNABLES" || name.StartsWith("MALLOC_", StringComparison.Ordinal));

    // proc(5): the tenth field; the second, in parentheses, may contain spaces.
    private static long Faults()
    {
        var fields = File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(fields[7], CultureInfo.InvariantCulture);
    }
}
