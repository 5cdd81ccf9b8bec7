using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>State of a training besides the networks, with tensors whose number changes.</summary>
[Collection(TorchCollection.Name)]
public sealed class TrainingStateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ReportList _reports = new();

    private readonly Pix2PixTrainer _trainer = TinyTraining.Trainer();
    private readonly TrainingContext _training;

    public TrainingStateTests() => _training = new(_trainer, TinyTraining.Pairs(1), new()
    {
        Checkpoints = new() { Folder = _folder.Path },
        CheckpointProgress = _reports,
    });

    public void Dispose()
    {
        _trainer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void WriteAndRestore_PartOfATraining_RestoresIt()
    {
        using var scope = NewDisposeScope();
        Write(new Pool { Images = [Tensors.Random(1, 2, 3), Tensors.Random(2, 5)], Best = 0.25 });
        var read = new Pool();

        Restore(read);

        Assert.Equal(0.25, read.Best);
        Assert.Equal([[2, 3], [5]], read.Images.Select(i => i.shape));
        Assert.Equal(Tensors.Floats(Tensors.Random(2, 5)), Tensors.Floats(read.Images[1]));
    }

    [Fact]
    public void Restore_MissingPart_ReportsIt()
    {
        Write(new Pool());

        var error = Assert.Throws<InvalidOperationException>(() => Restore(new Pool { Name = "average" }));

        Assert.Contains(
            "' belongs to a different training run:\n  The state of 'average': not in the checkpoint\n  The state of 'pool': only in the checkpoint\n",
            error.Message);
    }

    [Fact]
    public void WriteBest_AfterIt_StaysWhateverIsWritten()
    {
        using (var checkpointer = Open())
        {
            checkpointer.Restore([new Pool()]);
            _training.Position = At(1);
            Assert.Null(checkpointer.WriteBest());
            for (var step = 2; step < 6; step++)
            {
                _training.Position = At(step);
                Assert.Null(checkpointer.Write());
            }

            Assert.Equal(_folder.File("checkpoint-000000005.safetensors"), _training.NewestCheckpoint);
        }

        Assert.Equal(["checkpoint-000000005.safetensors", "checkpoint-000000004.safetensors"], _folder.Checkpoints);
        using var best = Checkpoint.OpenVerified(_folder.File("best.safetensors"));
        Assert.Equal(1, best.Document.Position.Step);
    }

    private void Write(ITrainingState part)
    {
        using var checkpointer = Open();
        checkpointer.Restore([part]);
        _training.Position = At(1);
        Assert.Null(checkpointer.Write());
    }

    private void Restore(ITrainingState part)
    {
        using var checkpointer = Open();
        checkpointer.Restore([part]);
    }

    private CheckpointCallback Open() => CheckpointCallback.Open(_training, () => [])!;

    private static TrainingPosition At(int step) => new() { Step = step, Epoch = 1 + step };

    private sealed class Pool : ITrainingState
    {
        public string Name { get; init; } = "pool";

        public List<Tensor> Images { get; init; } = [];

        private static long[][] Shapes => [[2, 3], [5]];

        public double? Best { get; set; }

        public void Write(StateWriter to)
        {
            to.Value(new PlateauState(Share: 1, Best, Images.Count));
            foreach (var (i, image) in Images.Index())
                to.Varying($"{i}", image);
        }

        public void Read(StateReader from)
        {
            var values = from.Value<PlateauState>();
            Best = values.Best;
            for (var i = 0; i < values.Waited; i++)
                Images.Add(from.Tensor($"{i}", ScalarType.Float32, Shapes[i], CPU).MoveToOuterDisposeScope());
        }
    }
}
