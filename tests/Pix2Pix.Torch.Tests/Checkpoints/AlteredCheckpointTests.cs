using System.Text.Json.Nodes;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Checkpoints that were altered, with a checksum that matches: whatever they contain, training names the file.</summary>
[Collection(TorchCollection.Name)]
public sealed class AlteredCheckpointTests : IDisposable
{
    private static readonly TrainingOptions Options = CheckpointedTraining.Options with
    {
        ImagePool = 2,
        AverageDecay = 0.9,
        Schedule = new() { Kind = ScheduleKind.Plateau },
    };

    private readonly TemporaryFolder _folder = new();
    private readonly string _path;
    private readonly byte[] _original;

    public AlteredCheckpointTests()
    {
        Train(stopAfter: 4);
        _path = _folder.File("checkpoint-000000004.safetensors");
        _original = File.ReadAllBytes(_path);
        foreach (var other in Directory.GetFiles(_folder.Path, "*.safetensors").Where(file => file != _path))
            File.Delete(other);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_NothingAltered_CanBeResumed()
    {
        Altered(_ => { });
        Assert.Equal(4, Train(stopAfter: 0).ResumedSteps);
    }

    /// <summary>Each value of the document, with and without AllowOtherOptions, and as the estimator reads it for its seed.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Train_EachValueOfTheDocumentAltered_IsRefusedOrTrains()
    {
        var document = JsonNode.Parse(new AlteredCheckpoint(_original).Document);
        foreach (var path in JsonAlterations.Paths(document))
        {
            foreach (var value in JsonAlterations.Values)
            {
                Altered(file => file.Document = JsonAlterations.With(file.Document, path, value));
                AssertRefusedOrTrained($"{string.Join('.', path)} = {value ?? "nothing"}");
            }
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Train_EachTensorHeaderAltered_IsRefused()
    {
        var tensors = new AlteredCheckpoint(_original).Header;
        foreach (var name in tensors.Select(member => member.Key).Where(name => name != "__metadata__"))
        {
            var length = (long)tensors[name]!["data_offsets"]![1]! - (long)tensors[name]!["data_offsets"]![0]!;
            (string What, Action<JsonObject> Change)[] changes =
            [
                ("removed", header => header.Remove(name)),
                ("renamed", header => Rename(header, name, name + "x")),
                ("flat", header => header[name]!["shape"] = new JsonArray(length / 4)),
                ("scalar", header => header[name]!["shape"] = new JsonArray()),
                ("bytes", header => (header[name]!["dtype"], header[name]!["shape"]) = ("U8", new JsonArray(length))),
                ("integers", header => header[name]!["dtype"] = "I32"),
                ("more axes", header => header[name]!["shape"] = new JsonArray(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, length / 4)),
                ("huge", header => header[name]!["shape"] = new JsonArray(int.MaxValue, int.MaxValue)),
                ("offset", header => header[name]!["data_offsets"] = new JsonArray(0, 2147483648)),
            ];
            foreach (var (what, change) in changes)
            {
                var before = tensors[name]!.ToJsonString();
                var isSame = false;
                Altered(file =>
                {
                    change(file.Header);
                    isSame = file.Header[name]?.ToJsonString() == before;
                });
                if (!isSame)
                    AssertRefused($"{name} {what}");
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Train_EachTensorNotFinite_IsRefusedWithItsName(float value)
    {
        var tensors = new AlteredCheckpoint(_original).Header;
        foreach (var name in tensors.Select(member => member.Key).Where(name => name != "__metadata__"))
        {
            var end = (int)tensors[name]!["data_offsets"]![1]!;
            Altered(file => BitConverter.TryWriteBytes(file.Data.AsSpan(end - 4), value));
            if (name.Contains("second_moment", StringComparison.Ordinal) && !float.IsNaN(value))
            {
                Train(stopAfter: 0);
                continue;
            }

            var error = Assert.Throws<CheckpointException>(() => Train(stopAfter: 0));
            Assert.StartsWith($"'{_path}' is damaged: tensor '{name}' contains NaN", error.Message);
        }
    }

    [Theory]
    [InlineData("Position", "Epoch", "-1", "Epoch is -1; expected a value from 1 to 2147483646.")]
    [InlineData("Position", "Batch", "4", "Position.Batch is 4; expected at most BatchesPerEpoch, 3.")]
    [InlineData("Position", "Step", "9223372036854775807", "Step is 9223372036854775807; expected a value from 0 to 1000000000000000.")]
    public void Train_PositionOutOfRange_NamesValueAndFile(string group, string name, string value, string expected)
    {
        Altered(file => file.Document = JsonAlterations.With(file.Document, [group, name], value));

        var error = Assert.Throws<CheckpointException>(() => Train(stopAfter: 0));

        Assert.StartsWith($"The checkpoint '{_path}' cannot be read. ", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void ToResume_IdentityWithoutSeed_NamesTheFile()
    {
        Altered(file => file.Document = JsonAlterations.With(file.Document, ["Identity", "Training"], null));
        var error = Assert.Throws<CheckpointException>(() => CheckpointInfo.ToResume(new() { Folder = _folder.Path }));
        Assert.Equal(
            $"The checkpoint '{_path}' cannot be read. Its identity has no Training.Seed that is a 32-bit integer.", error.Message);
    }

    private static void Rename(JsonObject header, string from, string to)
    {
        var entry = header[from]!.DeepClone();
        header.Remove(from);
        header[to] = entry;
    }

    private void Altered(Action<AlteredCheckpoint> alter)
    {
        var file = new AlteredCheckpoint(_original);
        alter(file);
        file.Write(_path);
    }

    private void AssertRefusedOrTrained(string alteration)
    {
        foreach (var allowed in (bool[])[false, true])
        {
            if (Record.Exception(() => Train(stopAfter: 0, allowed)) is { } error)
                AssertDocumented(error, alteration);
        }

        if (Record.Exception(() => CheckpointInfo.ToResume(new() { Folder = _folder.Path })) is { } other)
            AssertDocumented(other, alteration);
    }

    private void AssertRefused(string alteration)
    {
        var error = Record.Exception(() => Train(stopAfter: 0, allowed: true));
        Assert.True(error is not null, $"{alteration} was accepted.");
        AssertDocumented(error, alteration);
    }

    private void AssertDocumented(Exception error, string alteration) => Assert.True(
        (error is CheckpointException
            || error is InvalidOperationException { InnerException: null, TargetSite.DeclaringType.Name: nameof(CheckpointRestore) })
            && error.Message.Contains(_path),
        $"{alteration} gave: {error}");

    private TrainingSummary Train(long stopAfter, bool allowed = false)
    {
        using var stop = new CancellationTokenSource();
        if (stopAfter == 0)
            stop.Cancel();
        var progress = new ProgressList(p =>
        {
            if (p.Step == stopAfter)
                stop.Cancel();
        });
        using var trainer = TinyTraining.Trainer(Options, TinyTraining.Generator);
        var validation = ImagePairs.ForValidation(TinyTraining.Generator, Options);
        validation.Add(TestImages.Random(32, 32, seed: 50), TestImages.Constant(32, 32, 128));
        return trainer.Train(TinyTraining.Pairs(5, Options, TinyTraining.Generator), new()
        {
            ValidationSet = validation,
            Checkpoints = new() { Folder = _folder.Path, AllowOtherOptions = allowed },
            Progress = progress,
            StopTraining = stop.Token,
        });
    }
}
