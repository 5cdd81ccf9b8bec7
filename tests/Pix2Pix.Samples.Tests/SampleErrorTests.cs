namespace Pix2Pix.Samples.Tests;

/// <summary>What cannot be used is named in a sentence, before anything is drawn, read or written.</summary>
public sealed class SampleErrorTests : IDisposable
{
    private readonly SampleFolder _folder = new();

    public static TheoryData<string> OneFileSamples => ["EdgesToPhotos", "MapsToAerials", "LabelsToPhotos", "Colorize"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(OneFileSamples))]
    public void ArgumentsThatCannotBeUsedAreNamedInOneLine(string name)
    {
        _folder.AddImage("picture.png", 32, 32);

        string line = Line(name, "--epochs", "0", "--size", "50", "--out", "picture.png", "--nonsense");

        Assert.Contains("--epochs is '0'; expected a whole number from 1 to 1000000.", line);
        Assert.Contains("--size is '50'; expected 32, 64, 128, 256 or 512.", line);
        Assert.Contains("--out is 'picture.png'; expected a folder, there or to be made, and no file.", line);
        Assert.Contains("There is no option '--nonsense'.", line);
        Assert.EndsWith(" See --help.", line);
    }

    [Theory]
    [MemberData(nameof(OneFileSamples))]
    public void FoldersThatCannotBeUsedAreNamed(string name)
    {
        Directory.CreateDirectory(_folder.File("empty"));

        Assert.Contains("nowhere", Line(name, "nowhere"));
        Assert.Contains("empty", Failed(name, "empty"));
    }

    [Theory]
    [InlineData("EdgesToPhotos", "--epochs is 'x'; expected a whole number from 1 to 1000000. See --help.", "--epochs", "x")]
    [InlineData("MapsToAerials", "--epochs is '2000000'; expected a whole number from 1 to 1000000. See --help.", "--epochs", "2000000")]
    [InlineData("LabelsToPhotos", "--direction is 'atob'; expected BtoA or AtoB. See --help.", "--direction", "atob")]
    [InlineData("Colorize", "Unrecognized command or argument '--nonsense'. See --help.", "photos", "--nonsense")]
    [InlineData("Colorize", "--out is ''; expected a folder, there or to be made, and no file. See --help.", "--out", "")]
    public void AnArgumentThatCannotBeUsedIsNamedAlone(string name, string expected, params string[] arguments)
        => Assert.Equal(expected, Line(name, arguments));

    [Fact]
    public void TheQuickstartNamesEachOnALineOfItsOwn()
    {
        _folder.AddImage("picture.png", 32, 32);

        string errors = Failed("Quickstart", "--epochs", "x", "--nonsense");
        Assert.Contains("  --epochs is 'x'; expected a whole number from 1 to 1000000.", errors);
        Assert.Contains("  Unrecognized command or argument '--nonsense'.", errors);

        errors = Failed("Quickstart", "--data", "nowhere", "--out", "picture.png");
        Assert.Contains("  There is no folder 'nowhere' (--data).", errors);
        Assert.Contains("  'picture.png' (--out) is a file; expected a folder.", errors);
    }

    // The only line of errors.
    private string Line(string name, params string[] arguments)
        => Assert.Single(Failed(name, arguments).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));

    private string Failed(string name, params string[] arguments)
    {
        Sample run = Sample.Run(_folder.Path, [Sample.PathOf(name), .. arguments]);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.DoesNotContain("   at ", run.Errors); // a stack trace
        Assert.False(Directory.Exists(_folder.File("out")));
        return run.Errors;
    }
}
