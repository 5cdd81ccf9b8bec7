using Pix2Pix.Torch.Checkpoints;

namespace Pix2Pix.Torch.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Constructor_NoFolder_CreatesIt()
    {
        using var folder = new CheckpointFolder(_folder.File("a/b"));
        Assert.True(Directory.Exists(_folder.File("a/b")));
        Assert.Empty(CheckpointFolder.NewestFirst(_folder.File("a/b")));
        Assert.Empty(CheckpointFolder.NewestFirst(_folder.File("elsewhere")));
    }

    [Fact]
    public void Constructor_LeftoversOfKilledWriters_AreDeletedAndNothingElse()
    {
        string[] others = ["checkpoint-000000001.safetensors", "best.safetensors", "notes.tmp", "checkpoint-1.tmp"];
        foreach (var name in others.Append("checkpoint-0123456789abcdef0123456789abcdef.tmp"))
            File.WriteAllText(_folder.File(name), "");

        new CheckpointFolder(_folder.Path).Dispose();

        Assert.Equal(others.Append("checkpoints.lock").Order(), Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Constructor_AnotherTrainingWritesThere_ReportsIt()
    {
        using var first = new CheckpointFolder(_folder.Path);
        var error = Assert.Throws<IOException>(() => new CheckpointFolder(_folder.Path));
        Assert.StartsWith($"The folder '{_folder.Path}' cannot be used for checkpoints: ", error.Message);
        Assert.EndsWith("Choose another folder; each training run needs its own.", error.Message);
    }

    [Fact]
    public void Constructor_BelowAFile_ReportsWhichFolder()
    {
        File.WriteAllText(_folder.File("file"), "");
        var error = Assert.Throws<IOException>(() => new CheckpointFolder(_folder.File("file/sub")));
        Assert.StartsWith($"The folder '{_folder.File("file/sub")}' cannot be used for checkpoints: ", error.Message);
    }

    [Fact]
    public void Rotate_More_KeepsTheNewestByNumberAndTheBest()
    {
        using var folder = new CheckpointFolder(_folder.Path);
        foreach (var path in new[] { 5, 20, 1_000_000_000L, 300 }.Select(folder.PathOf).Append(folder.BestPath))
            folder.Write(path, 1, stream => stream.WriteByte(1));

        folder.Rotate(keepLast: 2);

        Assert.Equal(
            ["best.safetensors", "checkpoint-000000300.safetensors", "checkpoint-1000000000.safetensors"],
            Directory.GetFiles(_folder.Path, "*.safetensors").Select(Path.GetFileName).Order());
        Assert.Equal(folder.PathOf(1_000_000_000), CheckpointFolder.NewestFirst(_folder.Path)[0]);
    }

    [Fact]
    public void Write_Fails_LeavesWhatWasThere()
    {
        using var folder = new CheckpointFolder(_folder.Path);
        folder.Write(folder.PathOf(1), 1, stream => stream.WriteByte(1));

        var error = Assert.Throws<IOException>(() => folder.Write(folder.PathOf(1), 9, _ => throw new IOException("No more.")));

        Assert.Equal($"'{folder.PathOf(1)}' cannot be written: No more.", error.Message);
        Assert.Equal([1], File.ReadAllBytes(folder.PathOf(1)));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    [Fact]
    public void RequireFreeSpace_MoreThanTheDiskHas_ReportsHowMuch()
    {
        using var folder = new CheckpointFolder(_folder.Path);
        folder.RequireFreeSpace(1);
        var error = Assert.Throws<IOException>(() => folder.RequireFreeSpace(long.MaxValue));
        Assert.Matches(
            @"^The folder '.*' has \d+ MB of free space; the checkpoints of this training run require another 9223372036855 MB\. Free up disk space, or lower CheckpointOptions\.KeepLast\.$",
            error.Message);
    }
}
