namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Keeps all reports, and does something at each.</summary>
internal sealed class ReportList(Action<CheckpointReport>? then = null) : IProgress<CheckpointReport>
{
    public List<CheckpointReport> Reports { get; } = [];

    public void Report(CheckpointReport value)
    {
        Reports.Add(value);
        then?.Invoke(value);
    }
}
