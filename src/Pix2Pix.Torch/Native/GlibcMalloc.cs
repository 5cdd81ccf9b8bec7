using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Native;

/// <summary>
/// What becomes of memory that libtorch frees. By its default glibc gives large blocks back to the system at once, and a training asks for
/// the same blocks again in each step: the system clears them page by page, which took half of a step of 256x256 pixels
/// (benchmarks/RESULTS.md). Here the process keeps them.
/// </summary>
internal static partial class GlibcMalloc
{
    // mallopt(3) of glibc, malloc.h.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MapThreshold = -3;
    private const int MaxMaps = -4;

    private const int Keep = -1; // never: as a size it is the largest

    // More than a heap of a thread other than the first one has (64 MiB): such a heap is given back whole otherwise.
    private const int HeapsToKeep = 128 << 20;

    private const string VariablePrefix = "MALLOC_";
    private const string TunablesVariable = "GLIBC_TUNABLES";

    private static bool IsSet { get; set; }

    /// <summary>Lets the process keep what it frees, unless the user's environment has a say in it. Other systems stay alike.</summary>
    public static void Begin()
    {
        if (OperatingSystem.IsLinux() && !IsSetByUser())
            TryCall(() => IsSet = SetOptions());
    }

    /// <summary>Gives the system back what is free now, where <see cref="Begin"/> made the process keep it.</summary>
    public static void Release()
    {
        if (IsSet)
            TryCall(() => Trim(0));
    }

    // Where glibc refuses a threshold of mapped blocks above 32 MiB, as older ones do, it is told to map none.
    private static bool SetOptions()
        => SetOption(TrimThreshold, Keep) != 0
            && SetOption(TopPad, HeapsToKeep) != 0
            && (SetOption(MapThreshold, Keep) != 0 || SetOption(MaxMaps, 0) != 0);

    private static bool IsSetByUser()
        => Environment.GetEnvironmentVariable(TunablesVariable)?.Contains("glibc.malloc", StringComparison.Ordinal) == true
            || Environment.GetEnvironmentVariables().Keys.OfType<string>().Any(
                name => name.StartsWith(VariablePrefix, StringComparison.Ordinal) && name.EndsWith('_'));

    // Another C library has no such function: that costs speed only.
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
