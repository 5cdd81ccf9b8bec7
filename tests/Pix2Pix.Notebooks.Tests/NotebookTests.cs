namespace Pix2Pix.Notebooks.Tests;

/// <summary>The notebooks of samples/Notebooks: every cell runs and gives what is stored.</summary>
public sealed class NotebookTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Notebooks");

    private static readonly string[] Names = [.. Directory.GetFiles(Folder, "*.ipynb").Select(path => Path.GetFileName(path)).Order()];

    public static TheoryData<string> Notebooks => [.. Names];

    [Fact]
    public void Folder_HoldsANotebookForEachSubject() => Assert.Equal(
        ["1-FirstSteps.ipynb", "2-EdgesToPhotos.ipynb", "3-MapsToAerials.ipynb", "4-LabelsToPhotos.ipynb", "5-Deployment.ipynb"],
        Names);

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Notebook_EveryCell_RunsAndGivesWhatIsStored(string notebook)
        => NotebookRun.Check(Notebook.Load(Path.Combine(Folder, notebook)));

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Notebook_AsStored_HasPicturesNoPathsAndTheBytesThatTheRunnerWrites(string notebook)
    {
        var file = Path.Combine(Folder, notebook);
        var parsed = Notebook.Load(file);
        CellOutput[] outputs = [.. parsed.Cells.SelectMany(cell => cell.Stored)];

        Assert.Contains(outputs, output => output.MimeType == CellOutput.Png);
        Assert.DoesNotContain(outputs, output => output.MimeType == CellOutput.PlainText && output.Text.Contains(Path.GetTempPath()));
        Assert.Equal(File.ReadAllText(file), parsed.ToJson());
        foreach (var cell in parsed.Cells)
            parsed.Record(cell, cell.Stored);
        Assert.Equal(File.ReadAllText(file), parsed.ToJson());
    }
}
