using Pix2Pix.Metrics;
using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>The effects of validations on a training: the kept weights, early stopping and the learning rate.</summary>
[Collection(TorchCollection.Name)]
public class ValidatedTrainingTests
{
    /// <summary>A learning rate so small that no translation changes: each validation gives the same scores.</summary>
    private static readonly TrainingOptions Still = TinyTraining.Options with { Epochs = 6, LearningRate = 1e-12 };

    [Fact]
    public void Train_Validated_ReportsTheScoresWithTheLastStepOfEachEpoch()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 3 });
        var progress = new ProgressList();
        var expected = new List<ImageScores>();

        var summary = trainer.Train(
            TinyTraining.Pairs(5),
            new()
            {
                Progress = new ProgressList(report =>
                {
                    progress.Report(report);
                    if (report.Validation is not null)
                        expected.Add(TestValidations.ScoreByHand(trainer, TestValidations.Pairs(3), InferenceOptions.Default));
                }),
                ValidationSet = TestValidations.Pairs(3),
                Validation = new() { KeepBest = false },
            });

        Assert.Equal([3, 6, 9], progress.Reports.Where(r => r.Validation is not null).Select(r => r.Step));
        Assert.Equal([1, 2, 3], summary.Validations.Select(v => v.Epoch));
        Assert.Equal(expected, summary.Validations.Select(v => v.Scores));
        Assert.Equal(summary.Validations, progress.Reports.Select(r => r.Validation).OfType<ValidationScores>());
        Assert.Equal(EndReason.Finished, summary.EndReason);
        Assert.All(summary.Validations, v => Assert.Equal(NormStatistics.Image, v.Statistics));
    }

    [Fact]
    public void Train_NotValidated_HasNoHistory()
    {
        using var trainer = TinyTraining.Trainer();
        var progress = new ProgressList();
        var summary = trainer.Train(TinyTraining.Pairs(2), new() { Progress = progress });
        Assert.Empty(summary.Validations);
        Assert.Null(summary.Best);
        Assert.Equal(TimeSpan.Zero, summary.ValidationTime);
        Assert.Equal(NormStatistics.Image, summary.Statistics);
        Assert.All(progress.Reports, r => Assert.Null(r.Validation));
    }

    [Fact]
    public void Train_EveryTwoEpochs_ValidatesTheLastOneToo()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 5 });
        var summary = trainer.Train(
            TinyTraining.Pairs(2), new() { ValidationSet = TestValidations.Pairs(1), Validation = new() { EveryEpochs = 2 } });
        Assert.Equal([2, 4, 5], summary.Validations.Select(v => v.Epoch));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Train_BestEpochIsNotTheLast_KeepsItWhereAskedFor(bool keepBest, bool average)
    {
        using var trainer = TinyTraining.Trainer(
            TinyTraining.Options with { Epochs = 5, Statistics = NormStatistics.Running, AverageDecay = average ? 0.9 : 0 });
        float[] best = [], last = [];
        var progress = new ProgressList(report =>
        {
            var state = average ? trainer.GeneratorAverage!.State : trainer.GeneratorState;
            last = TestValidations.Floats(state);
            if (report.Validation is not { } validation)
                return;
            if (validation.IsBest)
                best = last;
            if (report.Epoch == 3)
                TestValidations.SpoilOutput(trainer.Generator);
        });

        var summary = trainer.Train(
            TinyTraining.Pairs(4),
            new() { Progress = progress, ValidationSet = TestValidations.Pairs(2), Validation = new() { KeepBest = keepBest } });

        Assert.InRange(summary.Best!.Epoch, 1, 3);
        Assert.Equal(summary.Validations.MinBy(v => v.Scores.L1), summary.Best);
        Assert.Equal(keepBest ? best : last, TestValidations.Floats(trainer.GeneratorState));
        var expected = keepBest ? summary.Best.Scores : summary.Validations[^1].Scores;
        Assert.Equal(expected, TestValidations.ScoreByHand(trainer, TestValidations.Pairs(2), InferenceOptions.Default));
    }

    [Fact]
    public void Train_NoBetterForAsLongAsPatience_EndsEarly()
    {
        using var trainer = TinyTraining.Trainer(Still);
        var summary = trainer.Train(
            TinyTraining.Pairs(4), new() { ValidationSet = TestValidations.Pairs(2), Validation = new() { Patience = 2 } });
        Assert.Equal(EndReason.EarlyStopping, summary.EndReason);
        Assert.True(summary.Stopped);
        Assert.Equal((6, 12), (summary.Steps, summary.PlannedSteps));
        Assert.Equal([true, false, false], summary.Validations.Select(v => v.IsBest));
        Assert.Equal(1, summary.Best!.Epoch);
    }

    [Fact]
    public void Train_PatienceEndsWithTheLastEpoch_IsFinished()
    {
        using var trainer = TinyTraining.Trainer(Still with { Epochs = 3 });
        var summary = trainer.Train(
            TinyTraining.Pairs(4), new() { ValidationSet = TestValidations.Pairs(2), Validation = new() { Patience = 2 } });
        Assert.Equal(EndReason.Finished, summary.EndReason);
        Assert.False(summary.Stopped);
    }

    [Fact]
    public void Train_StoppedWithinAnEpoch_GivesTheBestOfTheValidatedOnes()
    {
        using var stop = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 9 });
        float[] best = [];
        var progress = new ProgressList(report =>
        {
            if (report.Validation is { IsBest: true })
                best = TestValidations.Floats(trainer.GeneratorState);
            if (report.Step == 5)
                stop.Cancel();
        });

        var summary = trainer.Train(
            TinyTraining.Pairs(4), new() { Progress = progress, ValidationSet = TestValidations.Pairs(2), StopTraining = stop.Token });

        Assert.Equal(EndReason.Stopped, summary.EndReason);
        Assert.Equal([1, 2], summary.Validations.Select(v => v.Epoch));
        Assert.Equal(best, TestValidations.Floats(trainer.GeneratorState));
    }

    [Fact]
    public void Train_Plateau_LowersTheRateAfterTheValidationThatWasOneTooMany()
    {
        using var trainer = TinyTraining.Trainer(
            Still with { Schedule = new() { Kind = ScheduleKind.Plateau, Patience = 2, Factor = 0.5 } });
        var progress = new ProgressList();

        trainer.Train(TinyTraining.Pairs(4), new() { Progress = progress, ValidationSet = TestValidations.Pairs(2) });

        // The first validation is the best; the second to the fifth are not better.
        double[] epochs = [1, 1, 1, 0.5, 0.5, 0.25];
        Assert.Equal(epochs.SelectMany(share => new[] { share * 1e-12, share * 1e-12 }), progress.Reports.Select(r => r.LearningRate));
    }

    [Fact]
    public void Train_TranslationIsNotFinite_EndsTheTraining()
    {
        using var averaging = TinyTraining.Trainer(TinyTraining.Options with { AverageDecay = 0.9 });
        var progress = new ProgressList(_ =>
        {
            using var noGradient = no_grad();
            averaging.GeneratorAverage!.State.Tensors[0].fill_(double.NaN);
        });

        var error = Assert.Throws<TrainingDivergedException>(
            () => averaging.Train(TinyTraining.Pairs(4), new() { ValidationSet = TestValidations.Pairs(1), Progress = progress }));

        Assert.Equal(2, error.Step); // the average becomes NaN after the first step and is validated after the second
    }

    [Fact]
    public void Train_DivergesAfterAValidation_EndsWithTheBestGenerator()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 3 });
        float[] best = [];
        var progress = new ProgressList(report =>
        {
            if (report.Validation is { IsBest: true })
                best = GeneratorWeights(trainer);
            if (report.Step != 3)
                return;
            using var noGradient = no_grad();
            trainer.GeneratorState.Tensors[0].fill_(double.NaN);
        });

        var summary = trainer.Train(TinyTraining.Pairs(4), new() { ValidationSet = TestValidations.Pairs(1), Progress = progress });

        Assert.Equal((EndReason.Diverged, 1), (summary.EndReason, summary.Best!.Epoch));
        Assert.Equal(best, GeneratorWeights(trainer));

        static float[] GeneratorWeights(Pix2PixTrainer trainer)
            => [.. trainer.GeneratorState.Tensors.SelectMany(tensor => tensor.data<float>().ToArray())];
    }

    [Fact]
    public void Train_ValidationAfterTheLastStepFails_EndsWithTheBestBefore()
    {
        using var trainer = TinyTraining.Trainer();
        var clock = new FailingClock();
        var progress = new ProgressList(report => clock.FailsInValidations |= report.EndsEpoch);

        var summary = trainer.Train(TinyTraining.Pairs(4), new() { ValidationSet = TestValidations.Pairs(1), Progress = progress, Clock = clock });

        Assert.Equal((EndReason.Finished, 1), (summary.EndReason, summary.Best!.Epoch));
        Assert.Equal(
            "The validation after the last step failed, so the generator was chosen without it: out of memory",
            Assert.Single(progress.Reports[^1].Hints).Text);
    }

    [Fact]
    public void Train_SteadyClock_ReportsTheTimeOfTheValidations()
    {
        using var trainer = TinyTraining.Trainer();
        var summary = trainer.Train(TinyTraining.Pairs(2), new() { ValidationSet = TestValidations.Pairs(1), Clock = new SteadyTime() });
        Assert.Equal(TimeSpan.FromSeconds(20), summary.ValidationTime); // two validations, ten seconds from reading to reading
    }

    [Theory]
    [InlineData(3, 100, new[] { 0, 1, 2 })]
    [InlineData(10, 5, new[] { 0, 2, 4, 6, 8 })]
    [InlineData(10, 3, new[] { 0, 4, 7 })]
    [InlineData(5, 1, new[] { 0 })]
    public void IsSelected_OfALargerSet_AreEvenlySpreadRows(int count, int max, int[] expected)
        => Assert.Equal(expected, Enumerable.Range(0, count).Where(row => ValidationRows.IsSelected(row, count, max)));

    [Fact]
    public void Train_MaxPairs_ValidatesWithThese()
    {
        using var trainer = TinyTraining.Trainer(Still with { Epochs = 1 });
        var (all, some) = (TestValidations.Pairs(4), ImagePairs.ForValidation(TinyTraining.Generator, TinyTraining.Options));
        foreach (var i in (int[])[0, 2])
            some.Add(all[i].Input, all[i].Target);

        var ofAll = trainer.Train(TinyTraining.Pairs(1), new() { ValidationSet = all, Validation = new() { MaxPairs = 2 } });
        var ofSome = trainer.Train(TinyTraining.Pairs(1), new() { ValidationSet = some });

        Assert.Equal(ofSome.Best, ofAll.Best);
    }

    // Simulates any failure within a validation, which reads the clock.
    private sealed class FailingClock : TimeProvider
    {
        public bool FailsInValidations { get; set; }

        public override long GetTimestamp()
            => FailsInValidations && new System.Diagnostics.StackTrace().ToString().Contains("ValidationCallback.Validate(", StringComparison.Ordinal)
                ? throw new InvalidOperationException("out of memory")
                : base.GetTimestamp();
    }
}
