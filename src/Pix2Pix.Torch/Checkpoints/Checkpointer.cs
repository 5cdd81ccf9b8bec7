using System.Reflection;
using System.Text.Json.Nodes;
using TorchSharp;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>Writes checkpoints when they are due. Created before the first step; call <see cref="Restore"/> next.</summary>
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

    /// <summary>The position at which training starts, after any resumed checkpoint.</summary>
    public TrainingPosition Start { get; }

    /// <summary>The newest checkpoint of this training, either written or resumed from. Null if there is none yet.</summary>
    public string? Newest { get; private set; }

    /// <summary>Opens the folder and finds the checkpoint to resume from; returns null if the run keeps no checkpoints.</summary>
    /// <param name="run">Defines the folder, the frequency and the progress reporting.</param>
    /// <param name="identity">The identity of the training.</param>
    /// <param name="batchesPerEpoch">The number of batches per epoch of the current training.</param>
    /// <exception cref="IOException">The folder cannot store checkpoints, or a checkpoint cannot be read.</exception>
    /// <exception cref="InvalidDataException">A checkpoint is damaged.</exception>
    /// <exception cref="CheckpointVersionException">A checkpoint has another format version.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is a checkpoint that the options do not allow training to resume from, or none although one is required.
    /// </exception>
    public static Checkpointer? Open(TrainingRun run, Func<JsonObject> identity, int batchesPerEpoch)
    {
        if (run.Checkpoints is not { } options)
            return null;
        CheckpointRestore.Candidates(options); // before all pairs are read, and before the folder is created
        return new Checkpointer(options, run, identity(), batchesPerEpoch);
    }

    /// <summary>Restores all parts of the training from the checkpoint, if there is one. Afterwards, checkpoints can be written.</summary>
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
    /// Throws if the disk does not have enough space for all checkpoints that are kept at once, plus one while it is written. Intended for
    /// a training that has steps left.
    /// </summary>
    /// <param name="keepsBest">Whether the best checkpoint is kept as well.</param>
    /// <param name="growth">The number of bytes by which later checkpoints are larger than one written now.</param>
    /// <exception cref="IOException">There is not enough disk space.</exception>
    public void RequireRoom(bool keepsBest, long growth)
    {
        var (kept, there) = (_options.KeepLast, CheckpointFolder.NewestFirst(_options.Folder).Length);
        if (keepsBest)
            (kept, there) = (kept + 1, there + (File.Exists(_folder.BestPath) ? 1 : 0));
        _folder.RequireRoom(Math.Max(1, kept + 1 - there) * (_bytes + growth));
    }

    /// <summary>Whether a checkpoint is due after a step.</summary>
    public bool IsDueAfterStep() => _options.Every is { } every && _run.Clock.GetElapsedTime(_writtenAt) >= every;

    /// <summary>Whether a checkpoint is due after an epoch and its end-of-epoch work.</summary>
    /// <param name="position">The position before the first batch of the next epoch.</param>
    public bool IsDueAfterEpoch(TrainingPosition position) => _options.EveryEpochs > 0 && (position.Epoch - 1) % _options.EveryEpochs == 0;

    /// <summary>Writes a checkpoint, unless there was no progress since the last one. A failure is reported and returned.</summary>
    public IOException? Write(TrainingPosition position)
        => position.IsSamePlace(_written) ? null : Write(position, _folder.PathOf(position.Step));

    /// <summary>Writes the best checkpoint so far, independent of the rotation. A failure is reported and returned.</summary>
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
