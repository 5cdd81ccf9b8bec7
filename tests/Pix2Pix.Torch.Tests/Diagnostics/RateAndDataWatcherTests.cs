using Pix2Pix.Torch.Diagnostics;

namespace Pix2Pix.Torch.Tests.Diagnostics;

public class RateAndDataWatcherTests
{
    [Fact]
    public void Rate_Zero_SaysTheStep()
    {
        var hint = new RateRule().First(ProgressStream.Of(1, 10, (step, p) => p with { LearningRate = step < 8 ? 1e-9 : 0 }));

        Assert.Equal(
            (8, "The learning rate is 0 at step 8 of 10, so the weights no longer change. Set a learning rate above 0, or a schedule " +
                "that does not reach 0 before the end."),
            hint!.Value);
    }

    [Fact]
    public void Rate_Falling_SaysNothing()
        => Assert.Null(new RateRule().First(ProgressStream.Of(1, 10, (step, p) => p with { LearningRate = 1e-6 * (11 - step) })));

    [Fact]
    public void Data_MoreThanHalf_SaysTheShare()
    {
        var hint = new DataRule().First(ProgressStream.Of(1, 500, (step, p) => p with { DataTime = TimeSpan.FromSeconds(0.6 * step) }));

        Assert.Equal(110, hint!.Value.Step); // ten to warm up, a hundred to measure
        Assert.StartsWith("Training is waiting for data: 60 of the last 100 seconds (60%).", hint.Value.Text);
    }

    [Theory]
    [InlineData(0.4, 1)] // less than half
    [InlineData(0.006, 0.01)] // 500 steps take 5 seconds: nobody waits
    public void Data_LittleOrShort_SaysNothing(double waiting, double step)
        => Assert.Null(new DataRule().First(ProgressStream.Of(1, 500, (i, p) => p with
        {
            Elapsed = TimeSpan.FromSeconds(step * i),
            DataTime = TimeSpan.FromSeconds(waiting * i),
        })));

    [Fact]
    public void Data_OnlyTheStartIsSlow_SaysNothing()
        => Assert.Null(new DataRule().First(ProgressStream.Of(1, 500, (i, p) => p with
        {
            Elapsed = TimeSpan.FromSeconds(1000 + i),
            DataTime = TimeSpan.FromSeconds(1000),
        })));
}
