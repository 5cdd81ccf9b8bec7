using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Native;

/// <summary>
/// Limits how long libtorch's threads spin while they wait for each other. libgomp's default of about a millisecond suits a machine that
/// does nothing else; where another process wants the cores, the threads take CPU time from the one they wait for, and training gets
/// ten times slower and more.
/// </summary>
internal static partial class OpenMpWaitPolicy
{
    /// <summary>
    /// Long enough to bridge the gap between two operations, short enough to cost little beside other processes. Steps of 64x64 pixels, 16
    /// filters and batch 8, on two cores of an AMD EPYC, Debian 12, libtorch 2.10: with 1,000 a step took 1.14 times as long as PyTorch
    /// 2.6's, since the threads fell asleep between operations; with 10,000 1.02 times. Beside two processes that keep both cores busy,
    /// medians of three runs: 169 ms with 1,000, 192 ms with 10,000, 265 ms with 100,000; at 128x128 pixels 532, 561 and 922 ms.
    /// </summary>
    private const string SpinCount = "10000";

    // libgomp reads these once, when it is loaded (gcc.gnu.org/onlinedocs/libgomp/Environment-Variables.html).
    private const string SpinVariable = "GOMP_SPINCOUNT";
    private const string PolicyVariable = "OMP_WAIT_POLICY";

    /// <summary>Sets the spin count for a libgomp that is loaded after this, unless the user's environment has a say in it.</summary>
    public static void Limit()
    {
        if (!OperatingSystem.IsLinux() || IsSet(SpinVariable) || IsSet(PolicyVariable))
            return;
        // Environment.SetEnvironmentVariable changes .NET's copy alone; libgomp reads the C library's. A failure costs speed only.
        _ = SetEnvironment(SpinVariable, SpinCount, overwrite: 0);
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is not null;

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
