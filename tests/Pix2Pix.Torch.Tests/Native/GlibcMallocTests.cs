using System.Globalization;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Native;

/// <summary>What libtorch frees stays with the process.</summary>
[Collection(TorchCollection.Name)]
public class GlibcMallocTests
{
    // Below the 64 MiB of the heaps that threads other than the first have: what is larger is mapped for each tensor there.
    private const int Bytes = 24 << 20;
    private const long Pages = Bytes / 4096;

    /// <summary>
    /// The system hands out a page at its first use: a fault. Ten tensors one after the other would need the pages of ten; kept, a heap
    /// gives some of them a place that is new.
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

    // proc(5): the tenth field; the second, in brackets, may hold spaces.
    private static long Faults()
    {
        var fields = File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(fields[7], CultureInfo.InvariantCulture);
    }
}
