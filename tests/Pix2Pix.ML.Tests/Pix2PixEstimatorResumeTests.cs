using Microsoft.ML;
using Pix2Pix.Torch.Checkpoints;

namespace Pix2Pix.ML.Tests;

/// <summary>Trainings that end early and are resumed with another estimator.</summary>
public sealed class Pix2PixEstimatorResumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pix2pix").FullName;
    private readonly List<string> _log = [];

    // Three epochs of three steps.
    private Pix2PixOptions Kept => TestModels.Tiny with
    {
        Training = TestModels.Tiny.Training with { Epochs = 3 },
        Checkpoints = new() { Folder = _folder },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Fit_AfterACanceledOne_GivesTheModelOfAnUninterruptedOne()
    {
        using var undisturbed = Fit(Kept with { Checkpoints = null });
        _log.Clear();
        TrainAndCancel(Kept, step: 4);

        using var resumed = Fit(Kept);

        Assert.Equal(TestModels.Onnx(undisturbed), TestModels.Onnx(resumed));
        Assert.Equal((4, 9), (resumed.Training!.ResumedSteps, resumed.Training.Steps));
        Assert.Matches(@"^.*Checkpoint written: checkpoint-000000003\.safetensors \(step 3, \d+\.\d MB, \d+ ms\)\.$", Line("step 3,"));
        Assert.Matches(@"^.*Resumed from .*checkpoint-000000004\.safetensors \(step 4, \d+\.\d MB, \d+ ms\)\.$", Line("Resumed"));
        Assert.Contains("Epoch 3 of 3: D ", Line("Epoch 3"));
    }

    /// <summary>Streaming the rows does not change the training.</summary>
    [Fact]
    public void Fit_ResumedWithStreamedRows_GivesTheModelOfAnUninterruptedOne()
    {
        var kept = Kept with { Training = Kept.Training with { ShuffleWindow = 2 } };
        using var undisturbed = Fit(kept with { Checkpoints = null });
        TrainAndCancel(kept, step: 4);

        using var resumed = Fit(kept with { MemoryBudget = 20_000 }); // two pairs of 7,776 bytes

        Assert.Equal(TestModels.Onnx(undisturbed), TestModels.Onnx(resumed));
        Assert.Equal(4, resumed.Training!.ResumedSteps);
    }

    /// <summary>A seed drawn by the context is not drawn again when training is resumed.</summary>
    [Fact]
    public void Fit_NoSeedInTheOptions_UsesTheOneOfTheCheckpoints()
    {
        var open = Kept with { Training = Kept.Training with { Seed = null } };
        TrainAndCancel(open, step: 4);
        var seed = Line("; seed ");
        _log.Clear();

        using var resumed = Fit(open, new MLContext(seed: 99));

        Assert.Equal(seed, Line("; seed "));
        Assert.Equal(4, resumed.Training!.ResumedSteps);
    }

    [Fact]
    public void Fit_OtherOptions_NamesAllDifferences()
    {
        TrainAndCancel(Kept, step: 4);
        var other = Kept with { Training = Kept.Training with { Seed = 8 } };

        var error = Assert.Throws<InvalidOperationException>(() => Fit(other));

        Assert.Contains(
            "' belongs to a different training run:\n  Training.Seed: 7 in the checkpoint, 8 now\nRestore these options", error.Message);
        using var allowed = Fit(other with { Checkpoints = other.Checkpoints! with { AllowOtherOptions = true } });
        Assert.Contains("Training.Seed: 7 in the checkpoint, 8 now", Line("Resumed from"));
    }

    [Fact]
    public void Fit_LastCheckpointCannotBeWritten_KeepsTheModelAndWarns()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "checkpoint-000000009.safetensors"));

        using var transformer = Fit(Kept);

        Assert.Equal(9, transformer.Training!.Steps);
        var warnings = _log.Where(line => line.Contains("Checkpoint not written: ")).ToList();
        Assert.Equal(2, warnings.Count); // after the last epoch, and once more at the end
        Assert.All(warnings, line => Assert.Contains("checkpoint-000000009.safetensors' cannot be written: ", line));
    }

    [Fact]
    public void Fit_DamagedCheckpoint_ReportsItBeforeAnyRowIsRead()
    {
        File.WriteAllText(Path.Combine(_folder, "checkpoint-000000009.safetensors"), "");

        var error = Assert.Throws<CheckpointException>(() => Fit(Kept with { Training = Kept.Training with { Seed = null } }));

        Assert.Contains("checkpoint-000000009.safetensors' is damaged or not a safetensors file.", error.Message);
        Assert.EndsWith(" There is no older checkpoint. Delete this file to start over.", error.Message);
        Assert.DoesNotContain(_log, line => line.Contains("; seed "));
    }

    [Theory]
    [InlineData(ResumeMode.Require)]
    [InlineData(ResumeMode.Never)]
    public void Fit_ResumeAgainstTheExistingColumns_ReportsItBeforeAnyRowIsReadAndCreatesNoFolder(ResumeMode resume)
    {
        File.WriteAllText(Path.Combine(_folder, "best.safetensors"), "");
        var folder = resume == ResumeMode.Never ? _folder : Path.Combine(_folder, "none");

        var error = Assert.Throws<InvalidOperationException>(() => Fit(Kept with { Checkpoints = new() { Folder = folder, Resume = resume } }));

        Assert.Contains($", but CheckpointOptions.Resume is {resume}.", error.Message);
        Assert.DoesNotContain(_log, line => line.Contains("; seed "));
        Assert.Equal(["best.safetensors"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Fit_StoppedBefore_GivesTheModelOfTheCheckpoint()
    {
        using var finished = Fit(Kept);

        using var again = Fit(Kept with { StopTraining = new(canceled: true) });

        Assert.Equal(TestModels.Onnx(finished), TestModels.Onnx(again));
    }

    /// <summary>As described in docs/training-reliability.md: in a separate folder.</summary>
    [Fact]
    public void Fit_StoppedBeforeInAFolderOfTheBestOnly_GivesItsModel()
    {
        var validated = Kept with { ValidationFraction = 0.5 };
        using var finished = Fit(validated);
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "best")).FullName;
        File.Copy(Path.Combine(_folder, "best.safetensors"), Path.Combine(folder, "best.safetensors"));

        using var best = Fit(validated with { StopTraining = new(canceled: true), Checkpoints = new() { Folder = folder } });

        Assert.Equal(TestModels.Onnx(finished), TestModels.Onnx(best));
    }

    /// <summary>Also after the first sixteen rows.</summary>
    [Theory]
    [InlineData(1L << 30)]
    [InlineData(20_000L)]
    public void Fit_OneRowIsAnother_IsRejected(long memoryBudget)
    {
        var options = Kept with { MemoryBudget = memoryBudget, Training = Kept.Training with { ShuffleWindow = 2, Epochs = 1 } };
        using var first = Fit(options, rows: Rows(20));

        var error = Assert.Throws<InvalidOperationException>(() => Fit(options, rows: Rows(20, other: 18)));

        Assert.Matches("training run:\n  PairsChecksum: [0-9a-f]{32} in the checkpoint, [0-9a-f]{32} now\nRestore these options", error.Message);
    }

    [Fact]
    public void Fit_CheckpointProgress_MatchesTheLog()
    {
        var reports = new List<CheckpointReport>();

        using var transformer = Fit(Kept with { CheckpointProgress = new Reports(reports) });

        Assert.Equal([3, 6, 9], reports.Select(report => report.Step));
        Assert.All(reports, report => Line($"{report}"));
    }

    private static IEnumerable<TestRow> Rows(int count, int? other = null) => Enumerable.Range(0, count).Select(i => new TestRow
    {
        Input = TestImages.Input(i == other ? 1000 : i),
        Target = TestImages.Target(i),
    });

    private string Line(string part) => Assert.Single(_log, line => line.Contains(part));

    private void TrainAndCancel(Pix2PixOptions options, long step)
    {
        using var cancel = new CancellationTokenSource();
        var callback = new Callback(progress =>
        {
            if (progress.Step == step)
                cancel.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => Fit(options with { CancellationToken = cancel.Token, Progress = callback }));
    }

    private Pix2PixTransformer Fit(Pix2PixOptions options, MLContext? context = null, IEnumerable<TestRow>? rows = null)
    {
        context ??= new MLContext(seed: 3);
        context.Log += (_, e) => _log.Add(e.Message);
        return context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(
            rows is null ? TrainedModel.TrainingRows(context) : context.Data.LoadFromEnumerable(rows));
    }

    private sealed class Reports(List<CheckpointReport> reports) : IProgress<CheckpointReport>
    {
        public void Report(CheckpointReport value) => reports.Add(value);
    }

    private sealed class Callback(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
