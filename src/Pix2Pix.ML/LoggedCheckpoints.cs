using Pix2Pix.Torch.Checkpoints;

namespace Pix2Pix.ML;

/// <summary>Logs a line for each checkpoint.</summary>
internal sealed class LoggedCheckpoints : IProgress<CheckpointReport>
{
    private readonly Pix2PixLog _log;

    public LoggedCheckpoints(Pix2PixLog log) => _log = log;

    public void Report(CheckpointReport value)
    {
        if (value.Event is CheckpointEvent.WriteFailed or CheckpointEvent.Damaged || value.Differences.Count > 0)
            _log.Warning($"{value}");
        else
            _log.Info($"{value}");
    }
}
