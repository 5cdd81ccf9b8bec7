using System.Globalization;
using Pix2Pix;

namespace TrainingMemory;

/// <summary>Records the resident memory after each step, and ends the training after the last one.</summary>
internal sealed class MemoryLog(int steps, int every, CancellationTokenSource stop) : IProgress<TrainingProgress>
{
    private const int Part = 500;

    private readonly List<double> _resident = [];

    public void Report(TrainingProgress value)
    {
        _resident.Add(ProcessMemory.Resident);
        if (value.Step % every == 0 || value.Step == 1)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"step {value.Step,6}  resident {_resident[^1],7:0.0} MiB  peak {ProcessMemory.Peak,7:0.0} MiB  managed " +
                $"{GC.GetTotalMemory(false) >> 20,5} MiB  waited {value.DataTime.TotalSeconds,6:0.0} s of {value.Elapsed.TotalSeconds,6:0.0} s"));
        }

        if (value.Step == steps)
            stop.Cancel();
    }

    /// <summary>
    /// Shows whether memory use is constant: the peak of the last steps, and that of the same number of steps after a warm-up.
    /// </summary>
    public void Summarize()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak: {ProcessMemory.Peak:0.0} MiB"));
        if (_resident.Count < 3 * Part)
            return;
        double first = _resident.Skip(Part).Take(Part).Max();
        double last = _resident.TakeLast(Part).Max();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"peak of steps {Part + 1} to {2 * Part}: {first:0.0} MiB, of the last {Part}: {last:0.0} MiB, {100 * (last / first - 1):+0.00;-0.00} %"));
    }
}
