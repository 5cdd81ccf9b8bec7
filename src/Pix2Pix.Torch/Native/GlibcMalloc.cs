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
