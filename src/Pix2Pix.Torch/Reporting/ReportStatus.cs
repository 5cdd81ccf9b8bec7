namespace Pix2Pix.Torch.Reporting;

/// <summary>Where a training stands, as its report shows it.</summary>
internal enum ReportStatus
{
    Running,
    Finished,
    Stopped,
    Failed,
}
