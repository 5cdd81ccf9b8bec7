using System.Text.Json.Nodes;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// Resumes training: finds the checkpoint, checks that it is valid and belongs to the same training, and restores it.
/// </summary>
internal sealed class CheckpointRestore : IDisposable
{
    /// <summary>The maximum number of mismatched tensors that an error names; a network of another shape has dozens.</summary>
    private const int MaxNamedTensors = 8;

    private readonly CheckpointOptions _options;
    private readonly TrainingRun _run;
    private readonly Checkpoint _checkpoint;
    private readonly long _started;
    private IReadOnlyList<Difference> _differences;

    private CheckpointRestore(CheckpointOptions options, TrainingRun run, string[] files, JsonObject identity)
    {
        _started = run.Clock.GetTimestamp();
        _options = options;
        _run = run;
        _checkpoint = CheckpointFinder.Open(files, options.AllowOlder, out var damaged);
        foreach (var (file, error) in damaged)
            SetAside(file, error, run);
        _differences = TrainingIdentity.Differences(_checkpoint.Document.Identity, identity);
    }

    public string Path => _checkpoint.Path;

    /// <summary>
    /// The checkpoints that training with these options may resume from; none if it starts from scratch. Nothing is written.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The options require a checkpoint and there is none, or they forbid one and it exists.
    /// </exception>
    public static string[] Candidates(CheckpointOptions options)
    {
        var files = CheckpointFolder.Candidates(options.Folder);
        var folder = System.IO.Path.GetFullPath(options.Folder);
        if (options.Resume == ResumeMode.Never && files.Length > 0)
        {
            throw new InvalidOperationException(
                $"The folder '{folder}' contains checkpoints of a previous training run ({System.IO.Path.GetFileName(files[0])}), but " +
                "CheckpointOptions.Resume is Never. Choose another folder, delete the checkpoints, or set Resume to IfPresent to resume " +
                "from the newest.");
        }

        if (options.Resume == ResumeMode.Require && files.Length == 0)
        {
            throw new InvalidOperationException(
                $"The folder '{folder}' contains no checkpoint to resume from, but CheckpointOptions.Resume is Require. Check " +
                "the folder, or set Resume to IfPresent to start over.");
        }

        return files;
    }

    /// <summary>Finds the checkpoint to resume from; returns null if training starts from scratch.</summary>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or has another version of the format.</exception>
    /// <exception cref="InvalidOperationException">
    /// Whether a checkpoint exists contradicts the options, or the checkpoint belongs to another training, or has more epochs.
    /// </exception>
    public static CheckpointRestore? Find(CheckpointOptions options, TrainingRun run, int epochs, JsonObject identity)
    {
        var files = Candidates(options);
        if (files.Length == 0)
            return null;

        var restore = new CheckpointRestore(options, run, files, identity);
        try
        {
            restore.CheckDifferences();
            restore.CheckEpochs(epochs);
            return restore;
        }
        catch
        {
            restore.Dispose();
            throw;
        }
    }

    /// <summary>The position to resume at. If the batches of an epoch have changed, the current epoch starts over.</summary>
    public TrainingPosition Start(int batchesPerEpoch)
    {
        var (position, batches) = (_checkpoint.Document.Position, _checkpoint.Document.BatchesPerEpoch);
        if (position.Batch == batches) // only the work at the end of the epoch is left
            return position with { Batch = batchesPerEpoch };
        return batches == batchesPerEpoch && !_differences.Any(difference => ResumeRules.OfBatches.Contains(difference.Path))
            ? position
            : position with { Batch = 0 };
    }

    /// <summary>Restores the parts from the checkpoint and reports it.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="current">The current state of the parts.</param>
    /// <exception cref="InvalidOperationException">The networks have other shapes, or the training has other parts.</exception>
    public void Restore(IReadOnlyList<ITrainingState> parts, StateWriter current)
    {
        var saved = _checkpoint.Document.States;
        _differences =
        [
            .. _differences,
            .. parts.Select(p => p.Name).Where(name => !saved.ContainsKey(name) && !HasChanged(name))
                .Select(name => new Difference($"The state of '{name}'", "not in the checkpoint")),
            .. saved.Keys.Except(parts.Select(p => p.Name)).Where(name => !HasChanged(name))
                .Select(name => new Difference($"The state of '{name}'", "only in the checkpoint")),
        ];
        CheckDifferences();
        CheckShapes(current);

        try
        {
            foreach (var part in parts)
            {
                if (_checkpoint.StateOf(part.Name) is { } state)
                    part.Read(state);
            }

            foreach (var part in parts.Where(part => !saved.ContainsKey(part.Name)))
                part.ReadAbsent();
        }
        catch (InvalidDataException e)
        {
            throw CheckpointException.Damaged(e.Message, e);
        }

        _run.CheckpointProgress?.Report(new CheckpointReport
        {
            Event = CheckpointEvent.Resumed,
            Path = Path,
            Step = _checkpoint.Document.Position.Step,
            Bytes = _checkpoint.Length,
            Duration = _run.Clock.GetElapsedTime(_started),
            Differences = [.. _differences.Select(difference => $"{difference}")],
        });
    }

    public void Dispose() => _checkpoint.Dispose();

    // The file is moved out of the way. Otherwise it would be the newest again at the next start and displace good checkpoints in the
    // rotation.
    private static void SetAside(string file, InvalidDataException error, TrainingRun run)
    {
        File.Move(file, $"{file}.damaged", overwrite: true);
        run.CheckpointProgress?.Report(new CheckpointReport { Event = CheckpointEvent.Damaged, Path = file, Error = error });
    }

    private void CheckDifferences()
    {
        Difference[] refused = [.. _differences.Where(difference => !ResumeRules.MayChange.Contains(difference.Path))];
        if (refused.Length == 0 || _options.AllowOtherOptions)
            return;
        throw new InvalidOperationException(
            $"The checkpoint '{Path}' belongs to a different training run:\n  {string.Join<object>("\n  ", refused)}\nRestore these " +
            "options, choose another folder, or set CheckpointOptions.AllowOtherOptions to resume with the current options.");
    }

    private void CheckEpochs(int epochs)
    {
        var position = _checkpoint.Document.Position;
        var begun = position.Batch == 0 ? position.Epoch - 1 : position.Epoch;
        if (begun <= epochs || _options.AllowOtherOptions)
            return;
        throw new InvalidOperationException(
            $"Training.Epochs is {epochs}, but the checkpoint '{Path}' has already reached epoch {begun}. Set Epochs to at least {begun}, " +
            "choose another folder, or set CheckpointOptions.AllowOtherOptions to get the checkpoint's model without further training.");
    }

    // Whether a part comes or goes with a value that has changed.
    private bool HasChanged(string part)
        => ResumeRules.OptionalParts.TryGetValue(part, out var path) && _differences.Any(difference => difference.Path == path);

    private void CheckShapes(StateWriter current)
    {
        string[] problems =
        [
            .. from tensor in current.Tensors
               let part = tensor.Name.Split('.')[0]
               where tensor.IsFixed && (_checkpoint.Document.States.ContainsKey(part) || !ResumeRules.OptionalParts.ContainsKey(part))
               let saved = _checkpoint.Find(tensor.Name)?.Form
               let expected = SafeTensorsEntry.FormOf(SafeTensorsType.NameOf(tensor.Tensor.dtype), tensor.Tensor.shape)
               where saved != expected
               select $"{tensor.Name}: {saved ?? "nothing"} in the checkpoint, {expected} now",
        ];
        if (problems.Length == 0)
            return;
        var more = problems.Length > MaxNamedTensors ? $"\n  and {problems.Length - MaxNamedTensors} more" : "";
        throw new InvalidOperationException(
            $"The checkpoint '{Path}' cannot be restored because its networks have different shapes:\n  " +
            $"{string.Join("\n  ", problems.Take(MaxNamedTensors))}{more}\nRestore the options of the networks, or choose another folder.");
    }
}
