using System.Globalization;

namespace HostileFiles;

/// <summary>The memory of this process, managed and native. Linux only; 0 elsewhere.</summary>
internal static class Memory
{
    /// <summary>The current resident set, in bytes.</summary>
    public static long Current => Read("VmRSS:");

    /// <summary>The largest resident set since <see cref="ResetPeak"/>, in bytes.</summary>
    public static long Peak => Read("VmHWM:");

    public static void ResetPeak()
    {
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5"); // proc(5)
    }

    private static long Read(string name)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(name.Length, line.Length - name.Length - "kB".Length), provider: CultureInfo.InvariantCulture);
    }
}
