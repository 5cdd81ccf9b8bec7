using System.Globalization;
using Pix2Pix;
using TrainingMemory;

namespace EvaluationCost;

/// <summary>Prints a line at a fixed interval of rows.</summary>
internal sealed class Lines(int every) : IProgress<ImageProgress>
{
    private long _next = every;

    public void Report(ImageProgress value)
    {
        if (value.Done < _next)
            return;
        _next += every;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"row {value.Done,7}  resident {ProcessMemory.Resident,7:0.0} MiB  {value.Elapsed.TotalMilliseconds / value.Done,6:0.00} ms per row"));
    }
}
