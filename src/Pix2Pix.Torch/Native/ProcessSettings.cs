using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Native;

/// <summary>
/// Configures how glibc handles memory that libtorch frees. By default, glibc returns large blocks to the system at once, although training
/// requests the same blocks again in each step. The system then clears them page by page, which took half of the time of a step of 256x256
/// pixels (benchmarks/RESULTS.md). With this setting, the process keeps them.
/// </summary>
internal static partial class GlibcMalloc
{
    // mallopt(3) of glibc, malloc.h.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MapThreshold = -3;
    private const int MaxMaps = -4;

    private const int Keep = -1; // never: as a size, this is the maximum value

    // More than the size of the heap of a secondary thread (64 MiB); such a heap would otherwise be returned as a whole.
    private const int HeapsToKeep = 128 << 20;

    private const string VariablePrefix = "MALLOC_";
    private const string TunablesVariable = "GLIBC_TUNABLES";

    private static bool IsSet { get; set; }

    /// <summary>Makes the process keep freed memory, unless the user's environment configures it. Has no effect on other systems.</summary>
    public static void Begin()
    {
        if (OperatingSystem.IsLinux() && !IsSetByUser())
            TryCall(() => IsSet = SetOptions());
    }

    /// <summary>Returns currently free memory to the system if <see cref="Begin"/> made the process keep it.</summary>
    public static void Release()
    {
        if (IsSet)
            TryCall(() => Trim(0));
    }

    // If glibc rejects a threshold for mapped blocks above 32 MiB, as older versions do, mapping is turned off.
    private static bool SetOptions()
        => SetOption(TrimThreshold, Keep) != 0
            && SetOption(TopPad, HeapsToKeep) != 0
            && (SetOption(MapThreshold, Keep) != 0 || SetOption(MaxMaps, 0) != 0);

    private static bool IsSetByUser()
        => Environment.GetEnvironmentVariable(TunablesVariable)?.Contains("glibc.malloc", StringComparison.Ordinal) == true
            || Environment.GetEnvironmentVariables().Keys.OfType<string>().Any(
                name => name.StartsWith(VariablePrefix, StringComparison.Ordinal) && name.EndsWith('_'));

    // Other C libraries do not have this function, which costs only speed.
    private static void TryCall(Action call)
    {
        try
        {
            call();
        }
        catch (EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}

/// <summary>
/// Limits how long libtorch's threads spin while they wait for each other. libgomp's default of about a millisecond suits an otherwise idle
/// machine. If other processes use the cores, spinning threads take CPU time from the thread that they wait for, and training becomes ten
/// or more times slower.
/// </summary>
internal static partial class OpenMpWaitPolicy
{
    /// <summary>
    /// Long enough to cover the gap between two operations, and short enough to cost little if other processes are running. Steps of 64x64
    /// pixels, 16 filters and batch 8, on two cores of an AMD EPYC, Debian 12, libtorch 2.10: with 1,000, a step took 1.14 times as long as
    /// in PyTorch 2.6, because the threads went to sleep between operations; with 10,000, 1.02 times. With two processes that keep both
    /// cores busy, medians of three runs: 169 ms with 1,000, 192 ms with 10,000, 265 ms with 100,000; at 128x128 pixels 532, 561 and 922
    /// ms.
    /// </summary>
    private const string SpinCount = "10000";

    // libgomp reads these once, when it is loaded (gcc.gnu.org/onlinedocs/libgomp/Environment-Variables.html).
    private const string SpinVariable = "GOMP_SPINCOUNT";
    private const string PolicyVariable = "OMP_WAIT_POLICY";

    /// <summary>Sets the spin count for a libgomp that is loaded later, unless the user's environment configures it.</summary>
    public static void Limit()
    {
        if (!OperatingSystem.IsLinux() || IsSet(SpinVariable) || IsSet(PolicyVariable))
            return;
        // Environment.SetEnvironmentVariable changes only .NET's copy; libgomp reads the C library's. A failure costs only speed.
        _ = SetEnvironment(SpinVariable, SpinCount, overwrite: 0);
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is not null;

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
