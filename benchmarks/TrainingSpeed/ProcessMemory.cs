using System.Globalization;

namespace TrainingSpeed;

/// <summary>
/// What Linux says of a process' memory (proc(5), status). .NET's PeakWorkingSet64 reads the same line, of its own process alone.
/// </summary>
internal static class ProcessMemory
{
    /// <summary>The most that was ever resident, in bytes.</summary>
    public static long Peak(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
