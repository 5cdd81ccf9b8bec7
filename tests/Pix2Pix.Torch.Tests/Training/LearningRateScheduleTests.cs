using Pix2Pix.Torch.Training;

namespace Pix2Pix.Torch.Tests.Training;

public class LearningRateScheduleTests
{
    [Theory]
    [InlineData(0.0, new[] { 1, 1, 1, 1, 1, 1.0 })]
    [InlineData(0.5, new[] { 1, 1, 1, 0.75, 0.5, 0.25 })]
    [InlineData(1.0, new[] { 6 / 7.0, 5 / 7.0, 4 / 7.0, 3 / 7.0, 2 / 7.0, 1 / 7.0 })]
    [InlineData(0.1, new[] { 1, 1, 1, 1, 1, 0.5 })] // 0.6 of a step is rounded to one
    public void At_AnyShare_IsConstantThenFallsByTheSameAmount(double share, double[] expected)
    {
        var options = new TrainingOptions { Schedule = new() { DecayShare = share }, LearningRate = 1 };
        var rates = Enumerable.Range(0, 6).Select(step => LearningRateSchedule.Create(options, steps: 6).At(step));
        Assert.All(rates.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(80_000)]
    public void At_AllSteps_NeverRisesAndEndsAboveZero(int steps)
    {
        foreach (var share in (double[])[0, 0.3, 0.5, 1])
        {
            var options = new TrainingOptions { Schedule = new() { DecayShare = share } };
            var rates = Enumerable.Range(0, steps).Select(step => LearningRateSchedule.Create(options, steps).At(step)).ToList();
            Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
            Assert.InRange(rates[^1], options.LearningRate / (steps + 1), options.LearningRate);
        }
    }
}
