namespace Pix2Pix.Torch.Tests;

/// <summary>Keeps all reports, and does something at each.</summary>
internal sealed class ProgressList(Action<TrainingProgress>? then = null) : IProgress<TrainingProgress>
{
    public List<TrainingProgress> Reports { get; } = [];

    public void Report(TrainingProgress value)
    {
        Reports.Add(value);
        then?.Invoke(value);
    }
}
