using Pix2Pix.Reporting;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>The hints of a training, stored in a CSV file so that earlier hints survive a crash.</summary>
internal sealed class HintLog : IDisposable
{
    private readonly List<TrainingHint> _hints = [];
    private readonly CsvLog _file;

    /// <param name="path">The file.</param>
    /// <param name="lastStep">The step to resume after; 0 for a new training.</param>
    public HintLog(string path, long lastStep) => _file = CsvLog.Open(path, "step,epoch,kind,text", lastStep, Replay);

    /// <summary>All hints, in order.</summary>
    public IReadOnlyList<TrainingHint> Hints => _hints;

    /// <summary>Appends a hint unless one of its kind exists: a resumed training reports it again.</summary>
    public void Add(TrainingHint hint)
    {
        if (_hints.Any(known => known.Kind == hint.Kind))
            return;
        _hints.Add(hint);
        _file.Add($"{hint.Step},{hint.Epoch},{hint.Kind},{CsvText.Quoted(hint.Text)}");
    }

    public void Dispose() => _file.Dispose();

    private void Replay(string[] cells)
    {
        if (Enum.TryParse<TrainingHintKind>(cells[2], out var kind))
            _hints.Add(new TrainingHint(kind, int.Parse(cells[1]), long.Parse(cells[0]), cells[3]));
    }
}
