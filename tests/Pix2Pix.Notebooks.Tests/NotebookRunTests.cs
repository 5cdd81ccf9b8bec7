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
        var notebook = Of($"#r \"nuget: Pix2Pix.ML, {Packages.Version}\"", "typeof(Pix2Pix.Pix2PixOptions).Assembly.Location");

        NotebookRun.Record(notebook);

        Assert.Equal(
            typeof(Pix2Pix.Pix2PixOptions).Assembly.Location,
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

    [Theory]
    [InlineData("L1 0.051, 3 of 15", "L1 0.1, 4 of 16")]
    [InlineData("(-1, 32) 1,5 0.png", "(7, 1E-05) 2,25 10.png")]
    public void Check_OtherNumbersThanAreStored_Pass(string stored, string given)
        => NotebookRun.Check(With($"Console.WriteLine(\"{given}\");", Stream(stored + "\n")));

    [Theory]
    [InlineData("The same pixels: True", "The same pixels: False")]
    [InlineData("L1 0.051", "L1 NaN")]
    [InlineData("Skipped: cut.png", "Skipped: ")]
    public void Check_OtherWordsThanAreStored_IsAnError(string stored, string given)
    {
        var error = Assert.Throws<NotebookException>(
            () => NotebookRun.Check(With($"Console.WriteLine(\"{given}\");", Stream(stored + "\n"))));

        Assert.Equal(
            $"test.ipynb, code cell 1: it says '{given.Trim()}', where '{stored}' is stored; only numbers may differ. Record it again.",
            error.Message);
    }

    [Fact]
    public void Check_PictureThatShowsSomethingElse_IsAnError()
    {
        NotebookRun.Check(Showing(stored: Png(4, 4, 100), given: Png(4, 4, 140)));

        var error = Assert.Throws<NotebookException>(() => NotebookRun.Check(Showing(stored: Png(4, 4, 100), given: Png(4, 4, 141))));

        Assert.Equal(
            "test.ipynb, code cell 1: a picture is 41 of 255 levels from the stored one on average; at most 40 are expected. "
            + "Record it again.",
            error.Message);
    }

    [Theory]
    [InlineData("while (true)\n    System.Threading.Thread.Sleep(10);")]
    [InlineData("await Task.Delay(-1);")]
    public void Check_CellThatDoesNotEnd_IsAnError(string cell)
    {
        var output = Console.Out;

        var error = Assert.Throws<NotebookException>(() => NotebookRun.Check(Of(cell), TimeSpan.FromSeconds(1)));

        Assert.Equal("test.ipynb, code cell 1: TimeoutException: it has not ended after 00:00:01.", error.Message);
        Assert.Same(output, Console.Out);
    }

    [Theory]
    [InlineData("#!time\nvar one = 1;", "#!time")]
    [InlineData("var one = 1;\n #!pwsh\nls", "#!pwsh")]
    public void Check_CommandOfTheKernel_IsAnError(string cell, string command)
    {
        var error = Assert.Throws<NotebookException>(() => NotebookRun.Check(Of(cell)));

        Assert.Equal(
            $"test.ipynb, code cell 1: NotSupportedException: '{command}' is a command of .NET Interactive; this runner runs C# alone.",
            error.Message);
    }

    [Fact]
    public void Check_PictureOfAnotherSizeThanIsStored_IsAnError()
    {
        var notebook = Recorded($"\"{Png(4, 3)}\".DisplayAs(\"image/png\");");
        NotebookRun.Check(notebook);

        var other = Notebook.Parse("test.ipynb", notebook.ToJson().Replace(Png(4, 3), Png(4, 4), StringComparison.Ordinal));
        var swapped = notebook.ToJson()
            .Replace($"\"image/png\": \"{Png(4, 3)}\"", $"\"image/png\": \"{Png(4, 4)}\"", StringComparison.Ordinal);
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
        var notebook = Recorded("System.IO.File.WriteAllText(\"left\", \"\");\nEnvironment.CurrentDirectory");
        var text = notebook.Cells.Single().Stored.Single().Text;

        Assert.Equal(before, Environment.CurrentDirectory);
        Assert.NotEqual(before, text);
        Assert.False(Directory.Exists(text));
    }

    [Theory]
    [InlineData("{\"nbformat\":3,\"cells\":[]}", "test.ipynb is no notebook of nbformat 4.")]
    [InlineData("[]", "test.ipynb is no notebook of nbformat 4.")]
    [InlineData(
        "{\"nbformat\":4,\"cells\":[],\"metadata\":{\"kernelspec\":{\"name\":\".net-csharp\"}}}",
        "test.ipynb has no cells of code.")]
    [InlineData(
        "{\"nbformat\":4,\"cells\":[],\"metadata\":{\"kernelspec\":{\"name\":\"python3\"}}}",
        "test.ipynb is a notebook for the kernel 'python3'; expected '.net-csharp'.")]
    public void Parse_OtherFiles_AreRefused(string json, string message)
        => Assert.Equal(message, Assert.Throws<FormatException>(() => Notebook.Parse("test.ipynb", json)).Message);

    [Fact]
    public void Parse_TextThatIsNoJson_IsRefused() => Assert.StartsWith(
        "test.ipynb is no JSON: ", Assert.Throws<FormatException>(() => Notebook.Parse("test.ipynb", "#r")).Message);

    [Fact]
    public void Parse_EmptyCell_IsRefused()
        => Assert.Equal("test.ipynb, code cell 2 is empty.", Assert.Throws<FormatException>(() => Of("var one = 1;", " \n")).Message);

    [Fact]
    public void Parse_CellOfAnotherKernel_IsRefused()
    {
        var json = Of("ls").ToJson().Replace("\"metadata\": {}", "\"metadata\": {\"polyglot_notebook\": {\"kernelName\": \"pwsh\"}}");

        Assert.Equal(
            "test.ipynb, code cell 1 is for the kernel 'pwsh'; expected 'csharp'.",
            Assert.Throws<FormatException>(() => Notebook.Parse("test.ipynb", json)).Message);
    }

    private static Notebook Showing(string stored, string given)
    {
        var recorded = Recorded($"\"{stored}\".DisplayAs(\"image/png\");").ToJson();
        return Notebook.Parse("test.ipynb", recorded.Replace($"\\\"{stored}\\\"", $"\\\"{given}\\\"", StringComparison.Ordinal));
    }

    private static Notebook Recorded(string cell)
    {
        var notebook = Of(cell);
        NotebookRun.Record(notebook);
        return Notebook.Parse("test.ipynb", notebook.ToJson());
    }

    private static string Png(int width, int height, byte level = 0)
    {
        byte[] pixels = [.. Enumerable.Repeat(new[] { level, level, level, (byte)255 }, width * height).SelectMany(pixel => pixel)];
        var path = Path.GetTempFileName();
        using (var image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels))
            image.Save(path + ".png");
        var png = File.ReadAllBytes(path + ".png");
        File.Delete(path);
        File.Delete(path + ".png");
        return Convert.ToBase64String(png);
    }
}
