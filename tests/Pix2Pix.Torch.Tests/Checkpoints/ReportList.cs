namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Records all reports and runs an action for each.</summary>
internal sealed class ReportList(Action<CheckpointReport>? then = null) : IProgress<CheckpointReport>
{
    public List<CheckpointReport> Reports { get; } = [];

    public void Report(CheckpointReport value)
    {
        Reports.Add(value);
        then?.Invoke(value);
    }
}
