using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Tests.Diagnostics;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Checkpoints that cannot be written. A folder with the name of the file simulates a full disk.</summary>
[Collection(TorchCollection.Name)]
public sealed class CheckpointFailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private CheckpointOptions Here => new() { Folder = _folder.Path };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_OneCannotBeWritten_ContinuesAndReportsIt()
    {
        Directory.CreateDirectory(_folder.File("checkpoint-000000003.safetensors"));

        var outcome = CheckpointedTraining.Run(Here);

        Assert.Equal(CheckpointedTraining.Run().Bits, outcome.Bits);
        Assert.Equal(
            [(CheckpointEvent.WriteFailed, 3), (CheckpointEvent.Written, 6), (CheckpointEvent.Written, 9)],
            outcome.Reports.Select(r => (r.Event, r.Step)));
        Assert.StartsWith(
            $"Checkpoint not written: '{_folder.File("checkpoint-000000003.safetensors")}' cannot be written: ", outcome.Reports[0].ToString());
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    [Fact]
    public void Train_TheLastOneCannotBeWritten_ThrowsWithTheSummary()
    {
        Directory.CreateDirectory(_folder.File("checkpoint-000000009.safetensors"));
        using var trainer = TinyTraining.Trainer(CheckpointedTraining.Options, CheckpointedTraining.Generator);

        var error = Assert.Throws<CheckpointException>(
            () => trainer.Train(TinyTraining.Pairs(5, CheckpointedTraining.Options, CheckpointedTraining.Generator), new() { Checkpoints = Here }));

        Assert.StartsWith(
            "Training is complete and the trainer has the final weights, but the last checkpoint could not be written. " +
            $"'{_folder.File("checkpoint-000000009.safetensors")}' cannot be written: ",
            error.Message);
        Assert.Equal(9, error.Summary!.Steps);
        Assert.Equal(CheckpointedTraining.Run().Bits, CheckpointedTraining.Bits(trainer));
    }

    [Fact]
    public void Train_FolderCannotTakeAny_FailsBeforeTheFirstStep()
    {
        File.WriteAllText(_folder.File("file"), "");
        using var trainer = TinyTraining.Trainer();
        var progress = new ProgressList();

        Assert.Throws<IOException>(() => trainer.Train(
            TinyTraining.Pairs(2), new() { Checkpoints = new() { Folder = _folder.File("file") }, Progress = progress }));

        Assert.Empty(progress.Reports);
    }

    [Fact]
    public void Train_NonFiniteWeight_IsNotSaved()
    {
        using var trainer = TinyTraining.Trainer(CheckpointedTraining.Options, CheckpointedTraining.Generator);
        var progress = new ProgressList(p =>
        {
            if (p.Step == 6) // after the step's losses, before the epoch's checkpoint
                Spoil(trainer);
        });

        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Train(
            TinyTraining.Pairs(5, CheckpointedTraining.Options, CheckpointedTraining.Generator), new() { Checkpoints = Here, Progress = progress }));

        Assert.Contains("; expected finite weights after the step. The batch contains row", error.Message);
        Assert.Equal(6, error.Step);
        Assert.Equal(["checkpoint-000000003.safetensors"], _folder.Checkpoints);
    }

    private static void Spoil(Pix2PixTrainer trainer)
    {
        using var noGradient = no_grad();
        trainer.Discriminator.parameters().First().fill_(double.NaN);
    }
}
