namespace Pix2Pix.Core.Tests.Options;

public class ImportOptionsTests
{
    [Fact]
    public void Default_AllValues_AreLeftToTheWeights()
    {
        var options = ImportOptions.Default;
        Assert.Null(options.Width);
        Assert.Null(options.Height);
        Assert.Null(options.Input);
        Assert.Null(options.Output);
        Assert.Null(options.Norm);
        Assert.Null(options.Dropout);
    }

    [Fact]
    public void Init_ValuesOutOfRange_AreRejected()
    {
        const string Sides = "expected a multiple of 4 from 8 to 16384, preferably a power of two.";
        AssertSide("Width", $"Width is 7; {Sides}", 7, () => new ImportOptions { Width = 7 });
        AssertSide("Height", $"Height is 0; {Sides}", 0, () => new ImportOptions { Height = 0 });
        RangeError.AssertEnum("Input", 9, "Rgb, Gray, Rgba, Lightness, Chroma", () => new ImportOptions { Input = (ImageChannels)9 });
        RangeError.AssertEnum("Output", 9, "Rgb, Gray, Rgba, Lightness, Chroma", () => new ImportOptions { Output = (ImageChannels)9 });
        RangeError.AssertEnum("Norm", 9, "Batch, Instance, None", () => new ImportOptions { Norm = (NormKind)9 });
    }

    private static void AssertSide(string name, string text, int value, Func<object> set)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(set);
        Assert.Equal($"{text} (Parameter '{name}'){Environment.NewLine}Actual value was {value}.", error.Message);
    }
}
