using Microsoft.ML.Data;
using static Pix2Pix.Notebooks.Tests.TestNotebook;

namespace Pix2Pix.Notebooks.Tests;

public sealed class NotebookRunTests
{
    [Fact]
    public void Check_CellThatThrows_NamesNotebookCellAndMessage()
    {
        var error = Assert.Throws<NotebookException>(
            () => NotebookRun.Check(Of("var one = 1;", "throw new InvalidOperationException($\"{one} is not enough\");")));

        Assert.Equal("test.ipynb, code cell 2: InvalidOperationException: 1 is not enough", error.Message);
    }

    [Fact]
    public void Check_CellThatDoesNotCompile_NamesTheFault()
    {
        var error = Assert.Throws<NotebookException>(() => NotebookRun.Check(Of("missing.Call();")));

        Assert.StartsWith("test.ipynb, code cell 1: it does not compile: (1,1): error CS0103:", error.Message);
    }

    [Theory]
    [InlineData("#r \"nuget: Other.Package, 1.0.0\"", "#r names the package 'Other.Package'; known are Pix2Pix.ML and Pix2Pix.Runtime.*.")]
    [InlineData("#r \"nuget: Pix2Pix.ML, 9.9.9\"", "#r names version '9.9.9' of Pix2Pix.ML; this build is ")]
    [InlineData("#r \"nuget:Pix2Pix.ML\"", "#r names version '' of Pix2Pix.ML; this build is ")]
    public void Check_PackageThatThisBuildDoesNotHave_IsAnError(string directive, string message)
    {
        var error = Assert.Throws<NotebookException>(() => NotebookRun.Check(Of(directive)));

        Assert.StartsWith($"test.ipynb, code cell 1: NotSupportedException: {message}", error.Message);
    }

    [Fact]
    public void Check_LibraryWithoutItsDirective_DoesNotCompile()
        => Assert.Throws<NotebookException>(() => NotebookRun.Check(Of("using Pix2Pix.ML;")));

    [Fact]
    public void Check_LibraryWithItsDirective_IsThisBuild()
    {
        var notebook = Of($"#r \"nuget: Pix2Pix.ML, {Packages.Version}\"", "typeof(Pix2Pix.ML.Pix2PixOptions).Assembly.Location");

        NotebookRun.Record(notebook);

        Assert.Equal(
            typeof(Pix2Pix.ML.Pix2PixOptions).Assembly.Location,
            Notebook.Parse("recorded", notebook.ToJson()).Cells[1].Stored.Single().Text);
    }

    [Fact]
    public void Check_NoOutputWhereOneIsStored_IsAnError()
    {
        var error = Assert.Throws<NotebookException>(() => NotebookRun.Check(With("var quiet = 1;", Stream("loud\n"))));

        Assert.Equal(
            "test.ipynb, code cell 1: its stored outputs are stream text/plain; now they are none. Record it again.",
            error.Message);
    }

    [Fact]
    public void Check_OutputWhereNoneIsStored_IsAnError()
        => Assert.Throws<NotebookException>(() => NotebookRun.Check(Of("Console.WriteLine(1);")));

    [Fact]
    public void Check_OtherTextThanIsStored_Passes() => NotebookRun.Check(With("Console.WriteLine(2);", Stream("1\n")));

    [Fact]
    public void Check_PictureOfAnotherSizeThanIsStored_IsAnError()
    {
        var notebook = Recorded($"\"{Png(4, 3)}\".DisplayAs(\"image/png\");");
        NotebookRun.Check(notebook);

        var other = Notebook.Parse("test.ipynb", notebook.ToJson().Replace(Png(4, 3), Png(4, 4), StringComparison.Ordinal));
        var swapped = notebook.ToJson().Replace($"\"image/png\": \"{Png(4, 3)}\"", $"\"image/png\": \"{Png(4, 4)}\"", StringComparison.Ordinal);
        var error = Assert.Throws<NotebookException>(() => NotebookRun.Check(Notebook.Parse("test.ipynb", swapped)));

        NotebookRun.Check(other); // its code shows the other picture, too
        Assert.Contains("display_data image/png of 4x4; now they are display_data image/png of 4x3", error.Message);
    }

    [Fact]
    public void Check_BytesThatAreNoPicture_IsAnError()
    {
        var error = Assert.Throws<NotebookException>(() => NotebookRun.Check(Of("\"aGVsbG8=\".DisplayAs(\"image/png\");")));

        Assert.Equal("test.ipynb, code cell 1: 5 bytes are no PNG image that can be decoded.", error.Message);
    }

    [Fact]
    public void Record_AllKindsOfOutput_AreStoredInOrder()
    {
        var shows = $"\"{Png(2, 2)}\".DisplayAs(\"image/png\");";
        var notebook = Recorded($"Console.WriteLine(\"before\");\n{shows}\nConsole.Write(\"after\\nit\");\n6 * 7");

        Assert.Equal(
            [
                new(CellOutput.Stream, CellOutput.PlainText, "before\n"),
                new(CellOutput.Display, CellOutput.Png, Png(2, 2)),
                new(CellOutput.Stream, CellOutput.PlainText, "after\nit"),
                new(CellOutput.Result, CellOutput.PlainText, "42"),
            ],
            notebook.Cells.Single().Stored);
        Assert.Contains("\"execution_count\": 1", notebook.ToJson());
        Assert.Contains("     \"text\": [\n      \"after\\n\",\n      \"it\"\n     ]", notebook.ToJson());
        Assert.EndsWith("}\n", notebook.ToJson());
    }

    [Fact]
    public void Run_ItsFolder_IsEmptyAndNotThatOfTheTests()
    {
        var before = Environment.CurrentDirectory;
        var text = Recorded("System.IO.File.WriteAllText(\"left\", \"\");\nEnvironment.CurrentDirectory").Cells.Single().Stored.Single().Text;

        Assert.Equal(before, Environment.CurrentDirectory);
        Assert.NotEqual(before, text);
        Assert.False(Directory.Exists(text));
    }

    [Theory]
    [InlineData("{\"nbformat\":3,\"cells\":[]}", "test.ipynb is no notebook of nbformat 4.")]
    [InlineData(
        "{\"nbformat\":4,\"cells\":[],\"metadata\":{\"kernelspec\":{\"name\":\"python3\"}}}",
        "test.ipynb is a notebook for the kernel 'python3'; expected '.net-csharp'.")]
    public void Parse_OtherFiles_AreRefused(string json, string message)
        => Assert.Equal(message, Assert.Throws<FormatException>(() => Notebook.Parse("test.ipynb", json)).Message);

    private static Notebook Recorded(string cell)
    {
        var notebook = Of(cell);
        NotebookRun.Record(notebook);
        return Notebook.Parse("test.ipynb", notebook.ToJson());
    }

    private static string Png(int width, int height)
    {
        var path = Path.GetTempFileName();
        using (var image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, new byte[4 * width * height]))
            image.Save(path + ".png");
        var png = File.ReadAllBytes(path + ".png");
        File.Delete(path);
        File.Delete(path + ".png");
        return Convert.ToBase64String(png);
    }
}
