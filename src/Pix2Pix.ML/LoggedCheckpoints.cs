
namespace Pix2Pix.ML;

/// <summary>Forwards checkpoint reports and logs a line for each.</summary>
internal sealed class LoggedCheckpoints : IProgress<CheckpointReport>
{
    private readonly Pix2PixLog _log;
    private readonly IProgress<CheckpointReport>? _next;

    public LoggedCheckpoints(Pix2PixLog log, IProgress<CheckpointReport>? next)
    {
        _log = log;
        _next = next;
    }

    public void Report(CheckpointReport value)
    {
        if (value.Event is CheckpointEvent.WriteFailed or CheckpointEvent.Damaged || value.Differences.Count > 0)
            _log.Warning($"{value}");
        else
            _log.Info($"{value}");
        try
        {
            _next?.Report(value);
        }
        catch (Exception e)
        {
            _log.Warning($"The CheckpointProgress handler threw an exception, which was ignored: {e.Message}");
        }
    }
}
