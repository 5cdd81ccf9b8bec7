using Pix2Pix.Reporting;

namespace Pix2Pix.Core.Tests.Options;

public class ReportOptionsTests
{
    [Fact]
    public void Defaults_Always_AreAsDocumented()
    {
        var options = new ReportOptions { Folder = "report" };
        Assert.Equal((1, 6, null), (options.EveryEpochs, options.Samples, options.Title));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void Folder_Empty_SaysSo(string folder)
    {
        var error = Assert.Throws<ArgumentException>(() => new ReportOptions { Folder = folder });
        Assert.Equal("Folder is empty; expected the path of a folder for the report. (Parameter 'Folder')", error.Message);
    }

    [Fact]
    public void Numbers_OutOfRange_SayTheRange()
    {
        RangeError.Assert("EveryEpochs", 0, "1", "1000000", () => new ReportOptions { Folder = "a", EveryEpochs = 0 });
        RangeError.Assert("Samples", 33, "1", "32", () => new ReportOptions { Folder = "a", Samples = 33 });
    }

    [Fact]
    public void OptionRows_OfARecord_TellDefaultsFromChoices()
    {
        var rows = OptionRow.Of(new GeneratorOptions { Filters = 16, Norm = NormKind.Instance }, GeneratorOptions.Default);

        Assert.Contains(new OptionRow("Width", "256", IsDefault: true), rows);
        Assert.Equal([new("Filters", "16", false), new("Norm", "Instance", false)], rows.Where(row => !row.IsDefault));
    }

    [Fact]
    public void OptionRows_OfNestedRecords_HaveDots()
    {
        var rows = OptionRow.Of(
            new TrainingOptions { Losses = new() { L1Weight = 10 }, Augmentation = new() { Mirror = false }, Seed = 3 },
            TrainingOptions.Default);

        Assert.Equal(
            [new("Losses.L1Weight", "10", false), new("Augmentation.Mirror", "no", false), new("Seed", "3", false)],
            rows.Where(row => !row.IsDefault));
        Assert.Contains(new OptionRow("Threads", "not set", IsDefault: true), rows);
    }
}
