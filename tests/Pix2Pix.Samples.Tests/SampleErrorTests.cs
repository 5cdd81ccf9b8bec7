using DrawnData;

namespace Pix2Pix.Samples.Tests;

/// <summary>Invalid arguments are reported in one sentence before anything is drawn, read or written.</summary>
public sealed class SampleErrorTests : IDisposable
{
    private readonly SampleFolder _folder = new();

    public static TheoryData<string> Samples => ["Quickstart", "EdgesToPhotos", "MapsToAerials", "LabelsToPhotos", "Colorize"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Samples))]
    public void NumbersThatCannotBeUsedAreNamed(string name)
    {
        Assert.Equal("The input string 'many' was not in a correct format.", Line(name, "drawn", "many"));
        Assert.Equal("The input string '64x64' was not in a correct format.", Line(name, "drawn", "1", "64x64"));
        Assert.Contains("size is 4096; expected 16 to 1024 pixels.", Failed(name, "drawn", "1", name == "Colorize" ? "2048" : "4096"));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void FoldersThatCannotBeUsedAreNamed(string name)
    {
        Directory.CreateDirectory(_folder.File("empty"));

        Assert.Contains("nowhere", Line(name, "nowhere"));
        Assert.Contains("empty", Failed(name, "empty"));
    }

    [Fact]
    public void OptionsThatCannotBeUsedAreNamed()
    {
        Drawn.Pairs(DrawnKind.Maps, _folder.File("data"), new DrawnCounts(Train: 2, Validation: 1), size: 32, seed: 5);

        Sample run = Sample.Run(_folder.Path, Sample.PathOf("MapsToAerials"), "data", "0");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Epochs is 0", run.Errors);
        Assert.DoesNotContain("   at ", run.Errors); // a stack trace
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
