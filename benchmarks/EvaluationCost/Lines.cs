using System.Globalization;
using Pix2Pix.ML;
using TrainingMemory;

namespace EvaluationCost;

/// <summary>A line every so many rows.</summary>
internal sealed class Lines(int every) : IProgress<EvaluationProgress>
{
    private long _next = every;

    public void Report(EvaluationProgress value)
    {
        if (value.Done < _next)
            return;
        _next += every;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"row {value.Done,7}  resident {ProcessMemory.Resident,7:0.0} MiB  {value.Elapsed.TotalMilliseconds / value.Done,6:0.00} ms a row"));
    }
}
