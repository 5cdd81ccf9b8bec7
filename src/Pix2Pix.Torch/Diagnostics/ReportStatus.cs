namespace Pix2Pix.Torch.Diagnostics;

/// <summary>Where a training stands, as its report shows it.</summary>
internal enum ReportStatus
{
    Running,
    Finished,
    Stopped,
    Failed,
}
