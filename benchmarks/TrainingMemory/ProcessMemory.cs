using System.Diagnostics;
using System.Globalization;

namespace TrainingMemory;

/// <summary>The memory of this process in MiB: what is resident now, and the most that ever was.</summary>
internal static class ProcessMemory
{
    private const double MiB = 1 << 20;
    private const double KiBInMiB = 1024;

    public static double Resident => OperatingSystem.IsLinux() ? Status("VmRSS:") : Refreshed().WorkingSet64 / MiB;

    public static double Peak => OperatingSystem.IsLinux() ? Status("VmHWM:") : Refreshed().PeakWorkingSet64 / MiB;

    private static double Status(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / KiBInMiB;
    }

    private static Process Refreshed() => Process.GetCurrentProcess();
}
