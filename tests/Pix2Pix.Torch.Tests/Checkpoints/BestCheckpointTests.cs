using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Folders that contain only the best checkpoint, and the disk space that it needs.</summary>
[Collection(TorchCollection.Name)]
public sealed class BestCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private CheckpointOptions Here => new() { Folder = _folder.Path };

    private string Best => _folder.File("best.safetensors");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ResumeMode.Never, "contains checkpoints of a previous training run (best.safetensors), but CheckpointOptions.Resume is Never.")]
    [InlineData(ResumeMode.IfPresent, "belongs to a different training run:\n  Training.Seed: 7 in the checkpoint, 8 now\n")]
    [InlineData(ResumeMode.Require, "belongs to a different training run:\n  Training.Seed: 7 in the checkpoint, 8 now\n")]
    public void Train_AnotherTrainingNextToTheBest_IsRejectedAndOverwritesNothing(ResumeMode resume, string error)
    {
        TrainAndKeepTheBestAlone();
        var bytes = File.ReadAllBytes(Best);

        var exception = Assert.Throws<InvalidOperationException>(
            () => Train(Here with { Resume = resume }, CheckpointedTraining.Options with { Seed = 8 }));

        Assert.Contains(error, exception.Message);
        Assert.Equal(bytes, File.ReadAllBytes(Best));
    }

    [Fact]
    public void Train_SameTrainingNextToTheBest_ResumesFromItBitIdentically()
    {
        TrainAndKeepTheBestAlone();
        using var elsewhere = new TemporaryFolder();
        var undisturbed = Train(new() { Folder = elsewhere.Path });

        var resumed = Train(Here);

        Assert.Equal(Best, resumed.Reports[0].Path);
        Assert.Equal(3, resumed.Summary.ResumedSteps);
        Assert.Equal(undisturbed.Bits, resumed.Bits);
        Assert.Equal(undisturbed.Summary.Validations, resumed.Summary.Validations);
    }

    [Fact]
    public void Train_AllButTheBestAreDamaged_NamesThemAndTheBest()
    {
        Train(Here);
        foreach (var name in _folder.Checkpoints)
            File.WriteAllText(_folder.File(name), "");

        var error = Assert.Throws<CheckpointException>(() => Train(Here));

        Assert.StartsWith("The newest checkpoints are damaged:\n  '", error.Message);
        Assert.All(_folder.Checkpoints, name => Assert.Contains(name, error.Message));
        Assert.EndsWith("\nSet CheckpointOptions.AllowOlder to resume from best.safetensors.", error.Message);
    }

    [Fact]
    public void Train_DiskWithSpaceForAllButTheBest_FailsBeforeTheFirstStep()
    {
        Train(Here);
        var needed = 4 * TensorBytes(_folder.File("checkpoint-000000009.safetensors")); // two kept, the best, and one that is being written
        using var empty = new TemporaryFolder();
        var there = new CheckpointOptions { Folder = empty.Path };

        var error = Assert.Throws<IOException>(() => Train(there, free: needed - 1));

        Assert.Contains("Free up disk space, or lower CheckpointOptions.KeepLast.", error.Message);
        Assert.Empty(empty.Checkpoints);
        Train(there, free: needed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_NoStepIsLeft_NeedsNoSpace(bool isStopped)
    {
        Train(Here, stopAfter: isStopped ? 4 : null);

        var again = Train(Here, free: 0, stopAfter: 0);

        Assert.Equal(isStopped ? 4 : 9, again.Summary.Steps);
    }

    private static long TensorBytes(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes.Length - 8 - BitConverter.ToInt64(bytes);
    }

    // From the only epoch that was validated before the training stopped within the second.
    private void TrainAndKeepTheBestAlone()
    {
        Train(Here, stopAfter: 5);
        foreach (var name in _folder.Checkpoints)
            File.Delete(_folder.File(name));
    }

    private static CheckpointedTraining.Outcome Train(
        CheckpointOptions checkpoints, TrainingOptions? options = null, long free = long.MaxValue, long? stopAfter = null)
    {
        options ??= CheckpointedTraining.Options;
        using var stop = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer(options, CheckpointedTraining.Generator);
        var validation = ImagePairs.ForValidation(CheckpointedTraining.Generator, options);
        validation.Add(TestImages.Random(64, 64, seed: 50), TestImages.Constant(64, 64, 128));
        var (reports, progress) = (new ReportList(), new ProgressList(p =>
        {
            if (p.Step == stopAfter)
                stop.Cancel();
        }));
        if (stopAfter == 0)
            stop.Cancel();
        var summary = trainer.Train(TinyTraining.Pairs(5, options, CheckpointedTraining.Generator), new()
        {
            ValidationSet = validation,
            Checkpoints = checkpoints,
            CheckpointProgress = reports,
            Progress = progress,
            StopTraining = stop.Token,
            FreeBytes = _ => free,
        });
        return new CheckpointedTraining.Outcome(CheckpointedTraining.Bits(trainer), summary, progress.Reports, reports.Reports);
    }
}
