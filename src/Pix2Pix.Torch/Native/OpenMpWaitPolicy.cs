using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Native;

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
