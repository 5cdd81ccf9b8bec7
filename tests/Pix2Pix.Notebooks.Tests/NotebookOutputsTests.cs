using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using static Pix2Pix.Notebooks.Tests.TestNotebook;

namespace Pix2Pix.Notebooks.Tests;

public sealed class NotebookOutputsTests
{
    [Theory]
    [InlineData("L1 0.051, 3 of 15", "L1 0.1, 4 of 16")]
    [InlineData("(-1, 32) 1,5 0.png", "(7, 1E-05) 2,25 10.png")]
    public void Differences_OfNumbers_AreNone(string stored, string executed)
        => Assert.Empty(Differences([Stream(stored)], [Stream(executed)]));

    [Theory]
    [InlineData("The same pixels: True", "The same pixels: False")]
    [InlineData("L1 0.051", "L1 NaN")]
    [InlineData("Skipped: cut.png", "Skipped: ")]
    public void Differences_OfWords_AreFound(string stored, string executed) => Assert.Equal(
        [$"Code cell 1: it prints '{executed.Trim()}', but '{stored}' is stored; only numbers may differ."],
        Differences([Stream(stored)], [Stream(executed)]));

    [Fact]
    public void Differences_InOneOfSeveralOutputs_AreFound()
        => Assert.Single(Differences([Png(2, 2), Stream("a"), Png(2, 2)], [Png(2, 2), Stream("b"), Png(2, 2)]));

    [Fact]
    public void Differences_OfKinds_AreFound()
    {
        Assert.Equal(
            ["Code cell 1: its stored outputs are none; now they are stream stdout."], Differences([], [Stream("a")]));
        Assert.Equal(
            ["Code cell 1: its stored outputs are display_data image/png of 4x4; now they are display_data image/png of 4x3."],
            Differences([Png(4, 4)], [Png(4, 3)]));
        Assert.Single(Differences([Png(2, 2), Stream("a")], [Stream("a"), Png(2, 2)]));
        Assert.Single(Differences([Stream("a")], [Stream("a", "stderr")]));
    }

    [Fact]
    public void Differences_OfImages_BeginAboveTheTolerance()
    {
        Assert.Empty(Differences([Png(4, 4, 100)], [Png(4, 4, 140)]));
        Assert.Equal(
            ["Code cell 1: an image differs from the stored one by 41 of 255 levels on average; at most 40 are expected."],
            Differences([Png(4, 4, 100)], [Png(4, 4, 141)]));
    }

    [Fact]
    public void Differences_OfBytesThatAreNotAnImage_Throw()
        => Assert.Throws<ArgumentException>(() => Differences([Png(4, 4)], [Data("image/png", "aGVsbG8=")]));

    [Theory]
    [InlineData("text/html", "<div id='dotnet-interactive-this-cell-1'>")]
    [InlineData("text/html", "<div><strong>Installed Packages</strong>")]
    [InlineData("text/plain", "Loading extensions from `a.dll`")]
    public void Differences_OfTheKernelsOwnOutputs_AreNone(string mimeType, string text)
        => Assert.Empty(Differences([Stream("a")], [Data(mimeType, text), Stream("a")]));

    [Fact]
    public void Differences_OfOtherHtml_AreFound() => Assert.Single(Differences([], [Data("text/html", "<p>")]));

    [Fact]
    public void Differences_OfAStreamInPieces_AreNone()
        => Assert.Empty(Differences([Stream("a\nb")], [Stream("a\n"), Stream("b")]));

    [Fact]
    public void Failure_OfACell_HasItsNumberTextAndError()
    {
        var compilation = new JsonObject { ["output_type"] = "error", ["ename"] = "Error", ["evalue"] = "compilation error" };

        Assert.Null(NotebookOutputs.Failure(Notebook([Stream("a"), Png(2, 2)])));
        Assert.Equal(
            "Code cell 1 fails: (1,1): error CS0103\ncompilation error",
            NotebookOutputs.Failure(Notebook([Png(2, 2), Stream("\n(1,1): error CS0103\n", "stderr"), compilation])));
    }

    [Fact]
    public void Record_OfAnotherRun_StoresItsOutputs()
    {
        var (stored, executed) = (Notebook([Stream("a")]), Notebook([Data("text/plain", "Loading extensions from `"), Png(2, 2)]));

        NotebookOutputs.Record(stored, executed);

        Assert.Equal(["display_data image/png of 2x2"], NotebookOutputs.Of(NotebookOutputs.CodeCells(stored)[0]).Select(one => one.Shape));
        Assert.Equal(1, (int)NotebookOutputs.CodeCells(stored)[0]["execution_count"]!);
    }

    private static IReadOnlyList<string> Differences(JsonNode[] stored, JsonNode[] executed)
        => NotebookOutputs.Differences(Notebook(stored), Notebook(executed));

    private static JsonNode Notebook(JsonNode[] outputs)
    {
        var notebook = Of("code");
        Store(notebook, cell: 1, outputs);
        return notebook;
    }
}

/// <summary>Notebooks of a few lines.</summary>
internal static class TestNotebook
{
    public static JsonNode Of(params string[] cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select((code, i) => new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = i + 1,
            ["id"] = $"cell-{i + 1}",
            ["metadata"] = new JsonObject(),
            ["outputs"] = new JsonArray(),
            ["source"] = code,
        })]),
        ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["name"] = ".net-csharp" } },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    };

    public static void Store(JsonNode notebook, int cell, params JsonNode[] outputs)
        => NotebookOutputs.CodeCells(notebook)[cell - 1]["outputs"] = new JsonArray(outputs);

    public static JsonNode Stream(string text, string name = "stdout")
        => new JsonObject { ["name"] = name, ["output_type"] = "stream", ["text"] = new JsonArray(text) };

    public static JsonNode Data(string mimeType, string text) => new JsonObject
    {
        ["data"] = new JsonObject { [mimeType] = text },
        ["metadata"] = new JsonObject(),
        ["output_type"] = "display_data",
    };

    public static JsonNode Png(int width, int height, byte level = 0)
    {
        byte[] pixels = [.. Enumerable.Range(0, 4 * width * height).Select(i => i % 4 == 3 ? (byte)255 : level)];
        var path = Path.ChangeExtension(Path.GetTempFileName(), ".png");
        using (var image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels))
            image.Save(path);
        var png = Data(CellOutput.Png, Convert.ToBase64String(File.ReadAllBytes(path)));
        File.Delete(path);
        return png;
    }
}
