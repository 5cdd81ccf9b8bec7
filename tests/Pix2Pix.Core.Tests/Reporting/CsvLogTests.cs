using Pix2Pix.Reporting;

namespace Pix2Pix.Core.Tests.Reporting;

public sealed class CsvLogTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "losses.csv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Add_Rows_AreOnDiskAtOnce()
    {
        using var log = Open(lastStep: 0, out _);
        log.Add($"{1},{0.5}");
        log.Add($"{2},{0.25}");
        Assert.Equal("step,loss\n1,0.5\n2,0.25\n", Text());
    }

    [Fact]
    public void Open_NewTraining_ReplacesTheFile()
    {
        File.WriteAllText(_path, "something,else\n1,2\n");
        using var log = Open(lastStep: 0, out var replayed);
        Assert.Equal("step,loss\n", Text());
        Assert.Empty(replayed);
    }

    [Fact]
    public void Open_Resumed_CutsTheRowsAfterItsStepAndGoesOn()
    {
        File.WriteAllText(_path, "step,loss\n1,0.5\n2,0.4\n3,0.3\n4,0.2\n");
        using (var log = Open(lastStep: 2, out var replayed))
        {
            Assert.Equal(["1 0.5", "2 0.4"], replayed);
            log.Add($"{3},{0.9}");
        }

        Assert.Equal("step,loss\n1,0.5\n2,0.4\n3,0.9\n", Text());
    }

    [Theory]
    [InlineData("step,loss\n1,0.5\n2,0.4")] // the end of the process came within the row
    [InlineData("step,loss\n1,0.5\n?!\n")]
    [InlineData("step,loss\n1,0.5\n2,\"0.4\n")]
    [InlineData("step,loss\n1,0.5\n")] // the row of step 2 was never written
    public void Open_ResumedWithATornRow_GoesOnBeforeIt(string text)
    {
        File.WriteAllText(_path, text);
        using var log = Open(lastStep: 2, out var replayed);
        log.Add($"{3},{0.9}");
        Assert.Equal(["1 0.5"], replayed);
        Assert.Equal("step,loss\n1,0.5\n3,0.9\n", Text());
    }

    [Fact]
    public void Open_ResumedWithoutAFile_BeginsOne()
    {
        using var log = Open(lastStep: 7, out _);
        Assert.Equal("step,loss\n", Text());
    }

    [Fact]
    public void Open_ResumedWithOtherColumns_SaysSoAndLeavesTheFile()
    {
        File.WriteAllText(_path, "step,gain\n1,0.5\n");

        var error = Assert.Throws<InvalidDataException>(() => Open(lastStep: 1, out _));

        Assert.Equal(
            $"The report cannot be continued: the columns of '{_path}' are 'step,gain'; expected 'step,loss'. Choose another report folder, " +
            "or move the existing one.",
            error.Message);
        Assert.Equal("step,gain\n1,0.5\n", Text());
    }

    [Fact]
    public void Add_FileDeletedMeanwhile_WritesAllRowsAgain()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A file that is open may not be deleted there before it is closed.");
        using var log = Open(lastStep: 0, out _);
        log.Add($"{1},{0.5}");
        File.Delete(_path);
        log.Add($"{2},{0.25}");
        Assert.Equal("step,loss\n1,0.5\n2,0.25\n", Text());
    }

    [Fact]
    public void Split_QuotedText_IsTheTextAgain()
    {
        foreach (var text in (string[])["", " a ", "a,b", "\"", "a \"b\", c", ",\"\"", "#a", "//a"])
            Assert.Equal(["1", text, "x"], CsvText.Split($"1,{CsvText.Quoted(text)},x", ',')!);
        Assert.Equal("\"a b\"", CsvText.Quoted("a\r\nb"));
    }

    private CsvLog Open(long lastStep, out List<string> replayed)
    {
        var rows = replayed = [];
        return CsvLog.Open(_path, "step,loss", lastStep, cells => rows.Add(string.Join(' ', cells)));
    }

    private string Text()
    {
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new StreamReader(file).ReadToEnd();
    }
}
