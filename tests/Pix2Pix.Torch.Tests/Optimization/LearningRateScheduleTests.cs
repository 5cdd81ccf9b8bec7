using Pix2Pix.Torch.Optimization;

namespace Pix2Pix.Torch.Tests.Optimization;

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

    [Fact]
    public void At_Step_FallsEveryNEpochs()
    {
        var options = new TrainingOptions
        {
            Epochs = 5,
            LearningRate = 0.8,
            Schedule = new() { Kind = ScheduleKind.Step, StepEpochs = 2, Factor = 0.5 },
        };

        var schedule = LearningRateSchedule.Create(options, steps: 15); // three steps per epoch

        double[] expected = [0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2];
        Assert.Equal(expected, Enumerable.Range(0, 15).Select(step => schedule.At(step)));
    }

    [Fact]
    public void At_Cosine_IsHalfACosineFromTheFullRateToAlmostZero()
    {
        var schedule = LearningRateSchedule.Create(
            new() { LearningRate = 0.8, Schedule = new() { Kind = ScheduleKind.Cosine } }, steps: 6);

        // cos 0, 30, 60, 90, 120 and 150 degrees
        double[] cosines = [1, Math.Sqrt(0.75), 0.5, 0, -0.5, -Math.Sqrt(0.75)];
        Assert.All(cosines.Zip(Enumerable.Range(0, 6)), pair => Assert.Equal(0.4 * (1 + pair.First), schedule.At(pair.Second), 1e-15));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1000)]
    public void At_CosineOfAnyLength_NeverRisesAndEndsAboveZero(int steps)
    {
        var schedule = LearningRateSchedule.Create(new() { LearningRate = 1, Schedule = new() { Kind = ScheduleKind.Cosine } }, steps);
        var rates = Enumerable.Range(0, steps).Select(step => schedule.At(step)).ToList();
        Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.True(pair.Second < pair.First));
        Assert.Equal(1, rates[0]);
        Assert.InRange(rates[^1] * steps * steps, 2, Math.PI * Math.PI / 4);
    }

    [Fact]
    public void At_Plateau_FallsAfterNValidationsThatAreNoBetter()
    {
        var schedule = Plateau(patience: 2);
        //                  best   -    best    -     -     -     -     -    best   -     -
        double[] merits = [-0.5, -0.6, -0.4, -0.4, -0.45, -0.4, -0.41, -0.4, -0.3, -0.3, -0.3];

        var rates = merits.Select(merit =>
        {
            schedule.Validated(merit);
            return schedule.At(step: 0);
        });

        Assert.Equal([1, 1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.125], rates);
    }

    [Theory]
    [InlineData(-0.5, -0.49996, false)] // an L1 that is lower by less than a ten-thousandth
    [InlineData(-0.5, -0.49994, true)]
    [InlineData(20, 20.0019, false)]
    [InlineData(20, 20.0021, true)]
    [InlineData(0, 0, false)] // an L1 of zero cannot improve
    [InlineData(0, 1e-9, true)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, false)]
    [InlineData(0.5, double.NaN, false)]
    public void Validated_SlightlyBetter_CountsFromATenThousandthOn(double first, double second, bool better)
    {
        var schedule = Plateau(patience: 1);

        schedule.Validated(first);
        schedule.Validated(second);

        Assert.Equal(better ? 1 : 0.5, schedule.At(step: 0));
    }

    [Fact]
    public void State_OfAnotherPlateau_ContinuesIdentically()
    {
        var (first, second) = (Plateau(patience: 3), Plateau(patience: 3));
        foreach (var merit in (double[])[1, 0, 0])
            first.Validated(merit);

        second.State = first.State;
        second.Validated(0.5);

        Assert.Equal(new PlateauState(Share: 1, Best: 1, Waited: 2), first.State);
        Assert.Equal(0.5, second.At(step: 0));
    }

    private static PlateauSchedule Plateau(int patience)
        => (PlateauSchedule)LearningRateSchedule.Create(
            new() { LearningRate = 1, Schedule = new() { Kind = ScheduleKind.Plateau, Patience = patience, Factor = 0.5 } }, steps: 100);
}
