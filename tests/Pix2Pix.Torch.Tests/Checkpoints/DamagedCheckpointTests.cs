using Pix2Pix.Torch.Checkpoints;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Checkpoint files that differ from what was written.</summary>
[Collection(TorchCollection.Name)]
public sealed class DamagedCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Flipped bits, changed bytes, truncations, insertions and overwritten lengths: each is detected without much memory or time.
    /// </summary>
    [Fact]
    public void Open_FiveThousandMutations_AreAllFoundWithTheFilesName()
    {
        CheckpointedTraining.Run(new() { Folder = _folder.Path }, options: CheckpointedTraining.Options with { Epochs = 1 });
        var bytes = File.ReadAllBytes(_folder.File("checkpoint-000000003.safetensors"));
        var headerLength = (int)BitConverter.ToInt64(bytes);
        var path = _folder.File("mutation.safetensors");
        var random = new Random(1);
        File.WriteAllBytes(path, bytes);
        using (Checkpoint.OpenVerified(path))
        {
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5000; i++)
        {
            // Three of four are in the header, which is smaller but contains everything that could mislead the reader.
            var position = random.Next(4) == 0 ? random.Next(bytes.Length) : random.Next(8 + headerLength);
            var mutated = Mutated(bytes, position, random);
            if (mutated.AsSpan().SequenceEqual(bytes))
                continue;
            File.WriteAllBytes(path, mutated);
            var error = Record.Exception(() => Checkpoint.OpenVerified(path).Dispose());
            Assert.True(
                error is InvalidDataException or CheckpointException && error.Message.Contains(path),
                $"Mutation {i} at byte {position} gave: {error}");
        }

        // Each mutation is an array of the file's size; reading it takes a buffer of 1 MiB and the header.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 5000, 0, 4 << 20);
    }

    [Fact]
    public void Train_NewestIsDamaged_NamesItAndTheOneBefore()
    {
        Interrupted();
        Flip(_folder.File("checkpoint-000000005.safetensors"));

        var error = Assert.Throws<CheckpointException>(() => CheckpointedTraining.Run(new() { Folder = _folder.Path }));

        Assert.StartsWith(
            $"'{_folder.File("checkpoint-000000005.safetensors")}' is damaged: the checksum of its content is ", error.Message);
        Assert.EndsWith(" Set CheckpointOptions.AllowOlder to resume from checkpoint-000000003.safetensors.", error.Message);
        Assert.Equal(["checkpoint-000000005.safetensors", "checkpoint-000000003.safetensors"], _folder.Checkpoints);
    }

    [Fact]
    public void Train_OnlyOneIsDamaged_ReportsThatThereIsNoOlderOne()
    {
        Interrupted();
        Flip(_folder.File("checkpoint-000000005.safetensors"));
        File.Delete(_folder.File("checkpoint-000000003.safetensors"));

        var error = Assert.Throws<CheckpointException>(() => CheckpointedTraining.Run(new() { Folder = _folder.Path }));

        Assert.EndsWith(" There is no older checkpoint. Delete this file to start over.", error.Message);
    }

    [Fact]
    public void Train_OlderAllowed_ResumesFromItAndEndsLikeAnUninterruptedTraining()
    {
        Interrupted();
        var damaged = _folder.File("checkpoint-000000005.safetensors");
        Flip(damaged);

        var outcome = CheckpointedTraining.Run(new() { Folder = _folder.Path, AllowOlder = true });

        Assert.Equal(CheckpointedTraining.Run().Bits, outcome.Bits);
        Assert.Equal(3, outcome.Summary.ResumedSteps);
        Assert.Equal(
            [CheckpointEvent.Damaged, CheckpointEvent.Resumed, CheckpointEvent.Written, CheckpointEvent.Written],
            outcome.Reports.Select(r => r.Event));
        Assert.StartsWith($"Checkpoint skipped: '{damaged}' is damaged: the checksum", outcome.Reports[0].ToString());
        Assert.True(File.Exists($"{damaged}.damaged"));
    }

    [Fact]
    public void Train_AllAreDamaged_NamesThemAll()
    {
        Interrupted();
        File.WriteAllText(_folder.File("checkpoint-000000005.safetensors"), "no");
        File.WriteAllText(_folder.File("checkpoint-000000003.safetensors"), "");

        var error = Assert.Throws<CheckpointException>(() => CheckpointedTraining.Run(new() { Folder = _folder.Path, AllowOlder = true }));

        Assert.Equal(
            $"""
            All checkpoints are damaged:
              '{_folder.File("checkpoint-000000005.safetensors")}' is damaged or not a safetensors file. It has 2 bytes; expected at least 8.
              '{_folder.File("checkpoint-000000003.safetensors")}' is damaged or not a safetensors file. It has 0 bytes; expected at least 8.
            Delete them to start over.
            """,
            error.Message);
        Assert.Equal(2, _folder.Checkpoints.Length);
    }

    [Fact]
    public void Open_GitLfsPointer_SaysWhatItIsAndWhatToDo()
    {
        var path = _folder.File("x");
        File.WriteAllText(path, $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('a', 64)}\nsize 217705339\n");
        var error = Assert.Throws<InvalidDataException>(() => Checkpoint.OpenVerified(path));
        Assert.Equal(
            $"'{path}' is damaged or not a safetensors file. It is a Git LFS pointer instead of the file; download the file with 'git lfs pull'.",
            error.Message);
    }

    [Fact]
    public void Open_OtherSafetensorsFile_ReportsThatItIsNotACheckpoint()
    {
        var path = _folder.File("x");
        File.WriteAllBytes(path, [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        var error = Assert.Throws<InvalidDataException>(() => Checkpoint.OpenVerified(path));
        Assert.Equal($"'{path}' is not a Pix2Pix checkpoint: its metadata has no pix2pix.checkpoint.", error.Message);
    }

    [Theory]
    [InlineData("{}", "Its version cannot be read: ")]
    [InlineData("{\\\"Version\\\":1}", "The JSON cannot be read as CheckpointDocument: {\"Version\":1}. ")]
    public void Open_OtherDocument_ReportsIt(string document, string error)
    {
        var path = _folder.File("x");
        WriteDocument(path, document);
        Assert.StartsWith(
            $"The checkpoint '{path}' cannot be read. {error}",
            Assert.Throws<InvalidDataException>(() => Checkpoint.OpenVerified(path)).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_NewestIsOfAnotherVersion_IsRejectedAndNeverSetAside(bool allowOlder)
    {
        Interrupted();
        var newer = _folder.File("checkpoint-000000009.safetensors");
        WriteDocument(newer, "{\\\"Version\\\":2}");
        var options = new CheckpointOptions { Folder = _folder.Path, AllowOlder = allowOlder };

        var error = Assert.Throws<CheckpointException>(() => CheckpointedTraining.Run(options));

        Assert.Equal(
            $"The checkpoint '{newer}' has format version 2; expected version 1. Use the library version that wrote it, or choose " +
            "another folder to start over.",
            error.Message);
        Assert.Null(error.Summary);
        Assert.Equal(error.Message, Assert.Throws<CheckpointException>(() => CheckpointInfo.ToResume(options)).Message);
        Assert.Equal(3, _folder.Checkpoints.Length);
    }

    [Fact]
    public void ToResume_Damaged_ReportsTheSameAsTraining()
    {
        Interrupted();
        Flip(_folder.File("checkpoint-000000005.safetensors"));
        var options = new CheckpointOptions { Folder = _folder.Path };

        var error = Assert.Throws<CheckpointException>(() => CheckpointInfo.ToResume(options));

        Assert.EndsWith(" Set CheckpointOptions.AllowOlder to resume from checkpoint-000000003.safetensors.", error.Message);
        Assert.Equal(Assert.Throws<CheckpointException>(() => CheckpointedTraining.Run(options)).Message, error.Message);
        Flip(_folder.File("checkpoint-000000003.safetensors"));
        Assert.StartsWith(
            "All checkpoints are damaged:\n  ",
            Assert.Throws<CheckpointException>(() => CheckpointInfo.ToResume(options with { AllowOlder = true })).Message);
    }

    // Writes checkpoints after the first epoch and when stopped within the second.
    private void Interrupted() => CheckpointedTraining.Run(new() { Folder = _folder.Path }, stopAfter: 5);

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^1000] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static byte[] Mutated(byte[] bytes, int position, Random random)
    {
        var mutated = (byte[])bytes.Clone();
        switch (random.Next(5))
        {
            case 0:
                mutated[position] ^= (byte)(1 << random.Next(8));
                return mutated;
            case 1:
                mutated[position] = (byte)random.Next(256);
                return mutated;
            case 2:
                return mutated[..position];
            case 3:
                return [.. mutated[..position], (byte)random.Next(256), .. mutated[position..]];
            default:
                random.NextBytes(mutated.AsSpan(position, Math.Min(random.Next(1, 9), mutated.Length - position)));
                return mutated;
        }
    }

    private static void WriteDocument(string path, string document)
    {
        var header = System.Text.Encoding.UTF8.GetBytes($"{{\"__metadata__\":{{\"pix2pix.checkpoint\":\"{document}\"}}}}");
        File.WriteAllBytes(path, [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. header]);
    }
}
