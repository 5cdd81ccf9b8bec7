using System.Reflection;
using System.Text.Json.Nodes;
using TorchSharp;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>Writes checkpoints when they are due. Created before the first step; call <see cref="Restore"/> next.</summary>
internal sealed class CheckpointCallback : TrainingCallback
{
    private static readonly string Library =
        typeof(CheckpointCallback).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private readonly TrainingContext _training;
    private readonly TrainingRun _run;
    private readonly CheckpointOptions _options;
    private readonly JsonObject _identity;
    private readonly CheckpointFolder _folder;
    private CheckpointRestore? _restore;
    private IReadOnlyList<ITrainingState> _parts = [];
    private TrainingPosition _written;
    private long _writtenAt;
    private long _bytes;

    private CheckpointCallback(TrainingContext training, CheckpointOptions options, JsonObject identity)
    {
        (_training, _run, _options, _identity) = (training, training.Run, options, identity);
        _folder = new CheckpointFolder(options.Folder, _run.FreeBytes);
        try
        {
            _restore = CheckpointRestore.Find(options, _run, training.Options.Epochs, identity);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }

        _written = training.Position = _restore?.Start(training.BatchesPerEpoch) ?? TrainingPosition.Start;
    }

    /// <summary>
    /// Opens the folder, finds the checkpoint to resume from and sets the training's position to it; returns null if the run keeps no
    /// checkpoints.
    /// </summary>
    /// <exception cref="IOException">The folder cannot store checkpoints, or a checkpoint cannot be read.</exception>
    /// <exception cref="CheckpointException">A checkpoint is damaged or has another format version.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is a checkpoint that the options do not allow training to resume from, or none although one is required.
    /// </exception>
    public static CheckpointCallback? Open(TrainingContext training)
        => Open(training, () => TrainingIdentity.Of(training.Trainer, training.Pairs, training.Run));

    /// <summary>The same, with another identity of the training.</summary>
    internal static CheckpointCallback? Open(TrainingContext training, Func<JsonObject> identity)
    {
        if (training.Run.Checkpoints is not { } options)
            return null;
        CheckpointRestore.Candidates(options); // before all pairs are read, and before the folder is created
        return new CheckpointCallback(training, options, identity());
    }

    /// <summary>Restores all parts of the training from the checkpoint, if there is one. Afterwards, checkpoints can be written.</summary>
    public void Restore(IReadOnlyList<ITrainingState> parts)
    {
        _parts = parts;
        using var scope = torch.NewDisposeScope();
        var states = new StateWriter(parts);
        using (_restore)
            _restore?.Restore(parts, states);
        _training.NewestCheckpoint = _restore?.Path;
        _restore = null;

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
    public void RequireFreeSpace(bool keepsBest, long growth)
    {
        var (kept, existing) = (_options.KeepLast, CheckpointFolder.NewestFirst(_options.Folder).Length);
        if (keepsBest)
            (kept, existing) = (kept + 1, existing + (File.Exists(_folder.BestPath) ? 1 : 0));
        _folder.RequireFreeSpace(Math.Max(1, kept + 1 - existing) * (_bytes + growth));
    }

    public override bool IsDue => _options.Every is { } every && _run.Clock.GetElapsedTime(_writtenAt) >= every;

    public override void BetweenSteps() => WriteFinite();

    public override void BetweenEpochs(int epoch)
    {
        if (_training.BestEpoch == epoch)
            WriteBest();
        if (_options.EveryEpochs > 0 && epoch % _options.EveryEpochs == 0)
            WriteFinite();
    }

    /// <summary>Writes the last checkpoint.</summary>
    /// <exception cref="CheckpointException">It could not be written.</exception>
    public override void Ended(TrainingSummary summary)
    {
        Exception? error;
        try
        {
            error = WriteFinite();
        }
        catch (Exception e)
        {
            error = e; // thrown by the user's progress handler
        }

        if (error is not null)
            throw CheckpointException.NotWritten(error, summary);
    }

    // A write failure is reported through progress; the caller receives the cancellation.
    public override bool Failed(Exception exception)
    {
        if (exception is OperationCanceledException && _run.CancellationToken.IsCancellationRequested && _training.Trainer.IsFinite)
            Write();
        return false;
    }

    /// <summary>Writes a checkpoint, unless there was no progress since the last one. A failure is reported and returned.</summary>
    public IOException? Write()
        => _training.Position.IsSamePosition(_written) ? null : Write(_folder.PathOf(_training.Position.Step));

    /// <summary>Writes the best checkpoint so far, independent of the rotation. A failure is reported and returned.</summary>
    public IOException? WriteBest() => Write(_folder.BestPath);

    public override void Dispose()
    {
        _restore?.Dispose();
        _folder.Dispose();
    }

    // Writes no checkpoint with non-finite weights: it would replace good ones.
    private IOException? WriteFinite()
    {
        _training.RequireFiniteWeights();
        return Write();
    }

    private IOException? Write(string path)
    {
        var started = _run.Clock.GetTimestamp();
        var bytes = 0L;
        IOException? error = null;
        try
        {
            using var scope = torch.NewDisposeScope();
            Checkpoint.Write((length, write) => _folder.Write(path, bytes = length, write), Document(out var states), states);
            if (path != _folder.BestPath)
                Written(path);
        }
        catch (Exception e)
        {
            error = e as IOException ?? new IOException(e.Message, e);
        }

        _run.CheckpointProgress?.Report(new CheckpointReport
        {
            Event = error is null ? CheckpointEvent.Written : CheckpointEvent.WriteFailed,
            Path = path,
            Step = _training.Position.Step,
            Bytes = bytes,
            Duration = _run.Clock.GetElapsedTime(started),
            Error = error,
        });
        return error;
    }

    private void Written(string path)
    {
        _written = _training.Position;
        _training.NewestCheckpoint = path;
        if (_options.Every is not null)
            _writtenAt = _run.Clock.GetTimestamp();
        _folder.Rotate(_options.KeepLast);
    }

    private CheckpointDocument Document(out StateWriter states)
    {
        states = new StateWriter(_parts);
        return new CheckpointDocument
        {
            Version = CheckpointDocument.CurrentVersion,
            Library = Library,
            Position = _training.Position,
            BatchesPerEpoch = _training.BatchesPerEpoch,
            Identity = _identity,
            States = states.Values,
        };
    }
}
