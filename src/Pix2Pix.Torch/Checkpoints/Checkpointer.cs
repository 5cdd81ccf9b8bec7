using System.Reflection;
using System.Text.Json.Nodes;
using TorchSharp;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>Writes a training's checkpoints when they are due. Made before the first step; <see cref="Restore"/> comes next.</summary>
internal sealed class Checkpointer : IDisposable
{
    private static readonly string Library =
        typeof(Checkpointer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private readonly CheckpointOptions _options;
    private readonly TrainingRun _run;
    private readonly JsonObject _identity;
    private readonly int _batchesPerEpoch;
    private readonly CheckpointFolder _folder;
    private CheckpointRestore? _resumption;
    private IReadOnlyList<ITrainingState> _parts = [];
    private TrainingPosition _written;
    private long _writtenAt;
    private long _bytes;

    private Checkpointer(CheckpointOptions options, TrainingRun run, JsonObject identity, int batchesPerEpoch)
    {
        _options = options;
        _run = run;
        _identity = identity;
        _batchesPerEpoch = batchesPerEpoch;
        _folder = new CheckpointFolder(options.Folder, run.FreeBytes);
        try
        {
            _resumption = CheckpointRestore.Find(options, run, identity);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }

        Start = _resumption?.Start(batchesPerEpoch) ?? TrainingPosition.Start;
        _written = Start;
    }

    /// <summary>Where the training begins: behind what the checkpoint holds.</summary>
    public TrainingPosition Start { get; }

    /// <summary>The newest checkpoint of this training: written, or resumed from. Null where there is none yet.</summary>
    public string? Newest { get; private set; }

    /// <summary>Opens the folder and finds the checkpoint to go on from; null where the run keeps none.</summary>
    /// <param name="run">Says where, how often, and who is told.</param>
    /// <param name="identity">Which training it is.</param>
    /// <param name="batchesPerEpoch">Of the training at hand.</param>
    /// <exception cref="IOException">The folder cannot take checkpoints, or one cannot be read.</exception>
    /// <exception cref="InvalidDataException">A checkpoint is damaged.</exception>
    /// <exception cref="CheckpointVersionException">A checkpoint is of another version of the format.</exception>
    /// <exception cref="InvalidOperationException">There is one that the options do not let the training go on from, or none.</exception>
    public static Checkpointer? Open(TrainingRun run, Func<JsonObject> identity, int batchesPerEpoch)
    {
        if (run.Checkpoints is not { } options)
            return null;
        CheckpointRestore.Candidates(options); // before all pairs are looked at, and before the folder is made
        return new Checkpointer(options, run, identity(), batchesPerEpoch);
    }

    /// <summary>Sets all parts of the training to what the checkpoint holds, if there is one. Afterwards it can write them.</summary>
    public void Restore(IReadOnlyList<ITrainingState> parts)
    {
        _parts = parts;
        using var scope = torch.NewDisposeScope();
        var states = new StateWriter(parts);
        using (_resumption)
            _resumption?.Restore(parts, states);
        Newest = _resumption?.Path;
        _resumption = null;

        _bytes = states.Tensors.Sum(t => t.Tensor.numel() * t.Tensor.element_size());
        _writtenAt = _options.Every is null ? 0 : _run.Clock.GetTimestamp();
    }

    /// <summary>
    /// Refuses where the disk has no room for all that will be kept at once, and for one more while it is written. For a training that has
    /// steps left to do.
    /// </summary>
    /// <param name="keepsBest">Whether the best checkpoint is kept as well.</param>
    /// <param name="growth">The bytes by which each checkpoint is larger later than it would be now.</param>
    /// <exception cref="IOException">There is too little room.</exception>
    public void RequireRoom(bool keepsBest, long growth)
    {
        var (kept, there) = (_options.KeepLast, CheckpointFolder.NewestFirst(_options.Folder).Length);
        if (keepsBest)
            (kept, there) = (kept + 1, there + (File.Exists(_folder.BestPath) ? 1 : 0));
        _folder.RequireRoom(Math.Max(1, kept + 1 - there) * (_bytes + growth));
    }

    /// <summary>Whether a checkpoint is due after a step.</summary>
    public bool IsDueAfterStep() => _options.Every is { } every && _run.Clock.GetElapsedTime(_writtenAt) >= every;

    /// <summary>Whether a checkpoint is due after an epoch and all that follows it.</summary>
    /// <param name="position">Before the first batch of the next epoch.</param>
    public bool IsDueAfterEpoch(TrainingPosition position) => _options.EveryEpochs > 0 && (position.Epoch - 1) % _options.EveryEpochs == 0;

    /// <summary>Writes a checkpoint, unless nothing was learnt since the last one. A failure is reported, and given back.</summary>
    public IOException? Write(TrainingPosition position)
        => position.IsSamePlace(_written) ? null : Write(position, _folder.PathOf(position.Step));

    /// <summary>Writes the best checkpoint so far, whatever the rotation does. A failure is reported, and given back.</summary>
    public IOException? WriteBest(TrainingPosition position) => Write(position, _folder.BestPath);

    public void Dispose()
    {
        _resumption?.Dispose();
        _folder.Dispose();
    }

    private IOException? Write(TrainingPosition position, string path)
    {
        var started = _run.Clock.GetTimestamp();
        var bytes = 0L;
        IOException? error = null;
        try
        {
            using var scope = torch.NewDisposeScope();
            Checkpoint.Write((length, write) => _folder.Write(path, bytes = length, write), Document(position, out var states), states);
            if (path != _folder.BestPath)
                Written(position, path);
        }
        catch (Exception e)
        {
            error = e as IOException ?? new IOException(e.Message, e);
        }

        _run.CheckpointProgress?.Report(new CheckpointReport
        {
            Event = error is null ? CheckpointEvent.Written : CheckpointEvent.WriteFailed,
            Path = path,
            Step = position.Step,
            Bytes = bytes,
            Duration = _run.Clock.GetElapsedTime(started),
            Error = error,
        });
        return error;
    }

    private void Written(TrainingPosition position, string path)
    {
        _written = position;
        Newest = path;
        if (_options.Every is not null)
            _writtenAt = _run.Clock.GetTimestamp();
        _folder.Rotate(_options.KeepLast);
    }

    private CheckpointDocument Document(TrainingPosition position, out StateWriter states)
    {
        states = new StateWriter(_parts);
        return new CheckpointDocument
        {
            Version = CheckpointDocument.CurrentVersion,
            Library = Library,
            Position = position,
            BatchesPerEpoch = _batchesPerEpoch,
            Identity = _identity,
            States = states.Values,
        };
    }
}
