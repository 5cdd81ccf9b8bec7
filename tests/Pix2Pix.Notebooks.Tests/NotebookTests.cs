using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pix2Pix.Notebooks.Tests;

/// <summary>Each notebook of samples/Notebooks runs on the .NET Interactive kernel and has the outputs that are stored.</summary>
public sealed class NotebookTests(JupyterFixture jupyter) : IClassFixture<JupyterFixture>
{
    private const string RecordVariable = "PIX2PIX_RECORD_NOTEBOOKS";

    private static readonly string Folder = Path.Combine(Paths.Repository, "samples", "Notebooks");

    private static readonly string[] Names = [.. Directory.GetFiles(Folder, "*.ipynb").Select(path => Path.GetFileName(path)).Order()];

    // The format in which Jupyter writes notebooks.
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Notebooks => [.. Names];

    [Fact]
    public void Folder_ContainsANotebookForEachSubject() => Assert.Equal(
        ["1-FirstSteps.ipynb", "2-EdgesToPhotos.ipynb", "3-MapsToAerials.ipynb", "4-LabelsToPhotos.ipynb", "5-Deployment.ipynb"],
        Names);

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task Notebook_Executed_HasItsStoredOutputs(string name)
    {
        var stored = Load(name);

        var executed = await jupyter.Execute(name, stored);

        if (Environment.GetEnvironmentVariable(RecordVariable) == "1")
        {
            NotebookOutputs.Record(stored, executed);
            File.WriteAllText(Path.Combine(Folder, name), ToText(stored));
        }

        var differences = NotebookOutputs.Differences(stored, executed);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public async Task Execute_CellThatThrows_NamesNotebookCellAndError()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => jupyter.Execute(
            "Fails.ipynb", TestNotebook.Of("var one = 1;", "throw new ArgumentException($\"{one} is not enough\");", "missing.Call();")));

        Assert.StartsWith("Fails.ipynb: Code cell 2 fails: System.ArgumentException: 1 is not enough", error.Message);
    }

    [Fact]
    public async Task Execute_OtherOutputsThanAreStored_AreFound_FromPackagesOfThisBuild()
    {
        var stored = TestNotebook.Of(
            "#r \"nuget: Pix2Pix.ML, 0.1.0\"", "Console.Write(typeof(Pix2Pix.Pix2PixOptions).Assembly.Location);", "var quiet = 1;");
        TestNotebook.Store(stored, cell: 2, TestNotebook.Stream("Pix2Pix.ML.dll"));
        TestNotebook.Store(stored, cell: 3, TestNotebook.Stream("loud"));

        var differences = NotebookOutputs.Differences(stored, await jupyter.Execute("Other.ipynb", stored));

        Assert.Equal(2, differences.Count);
        Assert.StartsWith("Code cell 2: it prints '", differences[0]);
        Assert.Contains(Path.Combine("pix2pix.ml", jupyter.Version, "lib", "net10.0", "Pix2Pix.ML.dll"), differences[0]);
        Assert.Equal("Code cell 3: its stored outputs are stream stdout; now they are none.", differences[1]);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Notebook_AsStored_HasImagesOnlyItsOwnOutputsNoPathsAndJupytersFormat(string name)
    {
        var notebook = Load(name);
        var cells = NotebookOutputs.CodeCells(notebook);
        CellOutput[] outputs = [.. cells.SelectMany(NotebookOutputs.Of)];

        Assert.Contains(outputs, output => output.MimeType == CellOutput.Png);
        Assert.All(outputs, output => Assert.True(output is { Kind: "stream", MimeType: "stdout" } or { MimeType: CellOutput.Png }));
        Assert.DoesNotContain(outputs, output => output.MimeType == "stdout" && output.Text.Contains(Path.GetTempPath()));
        Assert.Equal(cells.Sum(cell => cell["outputs"]!.AsArray().Count), outputs.Length);
        Assert.All(cells, cell => Assert.Empty(cell["metadata"]!.AsObject()));
        Assert.Equal(ToText(notebook), File.ReadAllText(Path.Combine(Folder, name)));
    }

    private static JsonNode Load(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!;

    private static string ToText(JsonNode notebook) => notebook.ToJsonString(Format) + "\n";
}
