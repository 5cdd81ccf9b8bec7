using Pix2Pix.Torch.Checkpoints;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Keeps all reports.</summary>
internal sealed class ReportList : IProgress<CheckpointReport>
{
    public List<CheckpointReport> Reports { get; } = [];

    public void Report(CheckpointReport value) => Reports.Add(value);
}
