namespace Pix2Pix.Core.Tests.Options;

public class CheckpointOptionsTests
{
    [Fact]
    public void Default_Always_IsEachEpochKeepsTwoAndResumes()
    {
        var options = new CheckpointOptions { Folder = "here" };
        Assert.Equal(1, options.EveryEpochs);
        Assert.Null(options.Every);
        Assert.Equal(2, options.KeepLast);
        Assert.Equal(ResumeMode.IfPresent, options.Resume);
        Assert.False(options.AllowOtherOptions);
        Assert.False(options.AllowOlder);
    }

    [Fact]
    public void Options_OutOfRange_ReportTheRange()
    {
        RangeError.Assert("EveryEpochs", -1, "0", "1000000", () => new CheckpointOptions { Folder = "here", EveryEpochs = -1 });
        RangeError.Assert("KeepLast", 0, "1", "1000", () => new CheckpointOptions { Folder = "here", KeepLast = 0 });
        RangeError.AssertEnum("Resume", 3, "Never, IfPresent, Require", () => new CheckpointOptions { Folder = "here", Resume = (ResumeMode)3 });
        RangeError.Assert(
            "Every",
            TimeSpan.Zero,
            "00:00:00.0000001",
            "10675199.02:48:05.4775807",
            () => new CheckpointOptions { Folder = "here", Every = TimeSpan.Zero });
    }

    [Fact]
    public void Folder_Empty_NamesTheProperty()
        => Assert.Equal("Folder", Assert.Throws<ArgumentException>(() => new CheckpointOptions { Folder = "" }).ParamName);
}
