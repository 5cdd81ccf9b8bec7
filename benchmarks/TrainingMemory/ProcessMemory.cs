using System.Diagnostics;
using System.Globalization;

namespace TrainingMemory;

/// <summary>The memory of this process in MiB: the current and the peak resident set.</summary>
internal static class ProcessMemory
{
    private const double MiB = 1 << 20;
    private const double KiBInMiB = 1024;

    public static double Resident
        => OperatingSystem.IsLinux() ? Status(Environment.ProcessId, "VmRSS:") : Process.GetCurrentProcess().WorkingSet64 / MiB;

    public static double Peak => PeakOf(Environment.ProcessId);

    public static double PeakOf(int process)
        => OperatingSystem.IsLinux() ? Status(process, "VmHWM:") : Process.GetProcessById(process).PeakWorkingSet64 / MiB;

    // proc(5).
    private static double Status(int process, string name)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / KiBInMiB;
    }
}
