using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Evaluation;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Training;

/// <summary>What a training is validated by, and what follows from it.</summary>
[Collection(TorchCollection.Name)]
public class ValidationRunTests
{
    /// <summary>So slow that no translation changes: each validation gives the same scores.</summary>
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
                        expected.Add(ScoreByHand(trainer, ValidationPairs(3), InferenceOptions.Default));
                }),
                ValidationSet = ValidationPairs(3),
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
            TinyTraining.Pairs(2), new() { ValidationSet = ValidationPairs(1), Validation = new() { EveryEpochs = 2 } });
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
            last = Floats(state);
            if (report.Validation is not { } validation)
                return;
            if (validation.IsBest)
                best = last;
            if (report.Epoch == 3)
                SpoilOutput(trainer.Generator);
        });

        var summary = trainer.Train(
            TinyTraining.Pairs(4),
            new() { Progress = progress, ValidationSet = ValidationPairs(2), Validation = new() { KeepBest = keepBest } });

        Assert.InRange(summary.Best!.Epoch, 1, 3);
        Assert.Equal(summary.Validations.MinBy(v => v.Scores.L1), summary.Best);
        Assert.Equal(keepBest ? best : last, Floats(trainer.GeneratorState));
        var expected = keepBest ? summary.Best.Scores : summary.Validations[^1].Scores;
        Assert.Equal(expected, ScoreByHand(trainer, ValidationPairs(2), InferenceOptions.Default));
    }

    [Fact]
    public void Train_NoBetterForAsLongAsPatience_EndsEarly()
    {
        using var trainer = TinyTraining.Trainer(Still);
        var summary = trainer.Train(
            TinyTraining.Pairs(4), new() { ValidationSet = ValidationPairs(2), Validation = new() { Patience = 2 } });
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
            TinyTraining.Pairs(4), new() { ValidationSet = ValidationPairs(2), Validation = new() { Patience = 2 } });
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
                best = Floats(trainer.GeneratorState);
            if (report.Step == 5)
                stop.Cancel();
        });

        var summary = trainer.Train(
            TinyTraining.Pairs(4), new() { Progress = progress, ValidationSet = ValidationPairs(2), Stop = stop.Token });

        Assert.Equal(EndReason.Stopped, summary.EndReason);
        Assert.Equal([1, 2], summary.Validations.Select(v => v.Epoch));
        Assert.Equal(best, Floats(trainer.GeneratorState));
    }

    [Fact]
    public void Train_Plateau_LowersTheRateAfterTheValidationThatWasOneTooMany()
    {
        using var trainer = TinyTraining.Trainer(
            Still with { Schedule = new() { Kind = ScheduleKind.Plateau, Patience = 2, Factor = 0.5 } });
        var progress = new ProgressList();

        trainer.Train(TinyTraining.Pairs(4), new() { Progress = progress, ValidationSet = ValidationPairs(2) });

        // The first validation is the best; the second and the third are no better, nor are the fourth and the fifth.
        double[] epochs = [1, 1, 1, 0.5, 0.5, 0.25];
        Assert.Equal(epochs.SelectMany(share => new[] { share * 1e-12, share * 1e-12 }), progress.Reports.Select(r => r.LearningRate));
    }

    [Theory]
    [InlineData(NormStatistics.Image, ValidationMetric.L1)]
    [InlineData(NormStatistics.Running, ValidationMetric.L1)]
    [InlineData(NormStatistics.Image, ValidationMetric.Psnr)]
    [InlineData(NormStatistics.Running, ValidationMetric.Ssim)]
    public void Validate_AutoStatistics_TakesTheBetterOnes(NormStatistics better, ValidationMetric metric)
    {
        using var trainer = TinyTraining.Trainer();
        Liven(trainer.Generator);
        var pairs = Translations(trainer, new() { Statistics = better });
        using var validation = Run(trainer, new()
        {
            ValidationSet = pairs,
            Validation = new() { Metric = metric },
            Inference = new() { Statistics = NormStatistics.Auto },
        });

        var scores = validation.Validate(epoch: 1)!;

        Assert.Equal(better, scores.Statistics);
        Assert.Equal(better, validation.Statistics);
        Assert.Equal(0, scores.Scores.L1);
    }

    /// <summary>First flat grey, near to the targets everywhere; then their very shapes, but too bright.</summary>
    [Theory]
    [InlineData(ValidationMetric.L1, 1)]
    [InlineData(ValidationMetric.Psnr, 1)]
    [InlineData(ValidationMetric.Ssim, 2)]
    public void Validate_MetricsDisagree_FindsTheBestByTheChosenOne(ValidationMetric metric, int best)
    {
        using var noGradient = no_grad();
        using var trainer = TinyTraining.Trainer();
        Liven(trainer.Generator);
        var (weight, bias) = (trainer.Generator.parameters().ElementAt(^2), trainer.Generator.parameters().Last());
        using var shapes = weight.clone();
        bias.zero_();
        using var validation = Run(
            trainer, new() { ValidationSet = Translations(trainer, InferenceOptions.Default), Validation = new() { Metric = metric } });

        weight.zero_();
        var flat = validation.Validate(epoch: 1)!.Scores;
        weight.copy_(shapes);
        bias.fill_(0.5);
        var bright = validation.Validate(epoch: 2)!.Scores;

        Assert.True(flat.L1 < bright.L1 && flat.Psnr > bright.Psnr && flat.Ssim < bright.Ssim, $"{flat}, {bright}");
        Assert.Equal(best, validation.Best!.Epoch);
    }

    [Theory]
    [InlineData(true, NormStatistics.Running)]
    [InlineData(false, NormStatistics.Image)]
    public void Statistics_BestAndLastDiffer_AreThoseOfTheWeightsThatAreKept(bool keepBest, NormStatistics expected)
    {
        using var trainer = TinyTraining.Trainer();
        Liven(trainer.Generator);
        using var validation = Run(trainer, new()
        {
            ValidationSet = Translations(trainer, new() { Statistics = NormStatistics.Running }),
            Validation = new() { KeepBest = keepBest },
            Inference = new() { Statistics = NormStatistics.Auto },
        });

        validation.Validate(epoch: 1);
        using (no_grad())
        {
            foreach (var (_, running) in trainer.Generator.named_buffers().Where(buffer => buffer.name.EndsWith("running_mean")))
                running.fill_(-50); // saturated
        }

        validation.Validate(epoch: 2);

        Assert.Equal([NormStatistics.Running, NormStatistics.Image], validation.History.Select(scores => scores.Statistics));
        Assert.Equal(1, validation.Best!.Epoch);
        Assert.Equal(expected, validation.Statistics);
    }

    [Fact]
    public void Validate_AutoStatisticsOfAnotherNorm_AreThoseOfTheImage()
    {
        using var trainer = TinyTraining.Trainer(generator: TinyTraining.Generator with { Norm = NormKind.Instance });
        using var validation = Run(
            trainer, new() { ValidationSet = ValidationPairs(1), Inference = new() { Statistics = NormStatistics.Auto } });
        Assert.Equal(NormStatistics.Image, validation.Statistics);
        Assert.Equal(NormStatistics.Image, validation.Validate(epoch: 1)!.Statistics);
    }

    [Fact]
    public void Validate_Dropout_IsTheMaskThatIsExported()
    {
        var options = TinyTraining.Generator with { Width = 64, Height = 64 };
        using var trainer = TinyTraining.Trainer(generator: options);
        Liven(trainer.Generator);
        var inference = new InferenceOptions { Dropout = true, DropoutSeed = 5 };
        using var same = Run(trainer, new() { ValidationSet = Translations(trainer, inference), Inference = inference });
        using var other = Run(
            trainer, new() { ValidationSet = Translations(trainer, inference), Inference = inference with { DropoutSeed = 6 } });

        Assert.Equal(0, same.Validate(epoch: 1)!.Scores.L1);
        Assert.NotEqual(0, other.Validate(epoch: 1)!.Scores.L1);
    }

    [Fact]
    public void Validate_Colorization_JudgesPicturesWithTheirLightness()
    {
        var options = TinyTraining.Generator with { Input = ImageChannels.Lightness, Output = ImageChannels.Chroma };
        using var trainer = TinyTraining.Trainer(generator: options);
        Liven(trainer.Generator);
        var pairs = ImagePairs.ForValidation(options, TinyTraining.Options);
        var mean = new MeanImageScores();
        for (var i = 0; i < 3; i++)
        {
            var pair = pairs.Add(TestImages.Random(32, 32, seed: i), TestImages.Random(32, 32, seed: i));
            var chroma = trainer.Generator.Translate(pair.Input, InferenceOptions.Default);
            mean.Add(ChannelConversion.FromLab(pair.Input, chroma), ChannelConversion.FromLab(pair.Input, pair.Target));
        }

        using var validation = Run(trainer, new() { ValidationSet = pairs });

        Assert.Equal(mean.Mean, validation.Validate(epoch: 1)!.Scores);
    }

    [Fact]
    public void Validate_OneTranslationIsPerfect_StillFindsTheBest()
    {
        using var trainer = TinyTraining.Trainer();
        Liven(trainer.Generator);
        var pairs = Translations(trainer, InferenceOptions.Default);
        using var validation = Run(trainer, new() { ValidationSet = pairs, Validation = new() { Metric = ValidationMetric.Psnr } });

        var perfect = validation.Validate(epoch: 1)!;
        var again = validation.Validate(epoch: 1)!;

        Assert.Equal(10 * Math.Log10(255.0 * 255 * 32 * 32 * 3), perfect.Scores.Psnr, 1e-9);
        Assert.True(perfect.IsBest);
        Assert.False(again.IsBest);
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
            () => averaging.Train(TinyTraining.Pairs(4), new() { ValidationSet = ValidationPairs(1), Progress = progress }));

        Assert.Equal(2, error.Step); // the average is spoilt after the first step, and validated after the second
    }

    [Fact]
    public void Validate_Cancelled_LeavesTheRawWeights()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { AverageDecay = 0.9 });
        using var scope = NewDisposeScope();
        trainer.Step(Tensors.Random(1, 2, 3, 32, 32), Tensors.Random(2, 2, 3, 32, 32), learningRate: 0.01);
        var raw = Floats(trainer.GeneratorState);
        using var cancel = new CancellationTokenSource();
        using var validation = Run(trainer, new() { ValidationSet = ValidationPairs(1), Cancel = cancel.Token });
        cancel.Cancel();

        Assert.Throws<OperationCanceledException>(() => validation.Validate(epoch: 1));

        Assert.Equal(raw, Floats(trainer.GeneratorState));
        Assert.Empty(validation.History);
    }

    [Fact]
    public void Train_SteadyClock_ReportsTheTimeOfTheValidations()
    {
        using var trainer = TinyTraining.Trainer();
        var summary = trainer.Train(TinyTraining.Pairs(2), new() { ValidationSet = ValidationPairs(1), Clock = new SteadyTime() });
        Assert.Equal(TimeSpan.FromSeconds(20), summary.ValidationTime); // two validations, ten seconds from reading to reading
    }

    [Theory]
    [InlineData(3, 100, new[] { 0, 1, 2 })]
    [InlineData(10, 5, new[] { 0, 2, 4, 6, 8 })]
    [InlineData(10, 3, new[] { 0, 4, 7 })]
    [InlineData(5, 1, new[] { 0 })]
    public void IsKept_OfALargerSet_AreEvenlySpreadRows(int count, int max, int[] expected)
        => Assert.Equal(expected, Enumerable.Range(0, count).Where(row => ValidationRows.IsKept(row, count, max)));

    [Fact]
    public void Train_MaxPairs_ValidatesWithThese()
    {
        using var trainer = TinyTraining.Trainer(Still with { Epochs = 1 });
        var (all, some) = (ValidationPairs(4), ImagePairs.ForValidation(TinyTraining.Generator, TinyTraining.Options));
        foreach (var i in (int[])[0, 2])
            some.Add(all[i].Input, all[i].Target);

        var ofAll = trainer.Train(TinyTraining.Pairs(1), new() { ValidationSet = all, Validation = new() { MaxPairs = 2 } });
        var ofSome = trainer.Train(TinyTraining.Pairs(1), new() { ValidationSet = some });

        Assert.Equal(ofSome.Best, ofAll.Best);
    }

    private static ValidationRun Run(Pix2PixTrainer trainer, TrainingRun run)
        => new(trainer, run, LearningRateSchedule.Create(trainer.Options, steps: 8));

    private static ImagePairs ValidationPairs(int count)
    {
        var pairs = ImagePairs.ForValidation(TinyTraining.Generator, TinyTraining.Options);
        for (var i = 0; i < count; i++)
            pairs.Add(TestImages.Random(32, 32, seed: 50 + i), TestImages.Random(32, 32, seed: 60 + i));
        return pairs;
    }

    /// <summary>Pairs that the generator as it is translates without any difference.</summary>
    private static ImagePairs Translations(Pix2PixTrainer trainer, InferenceOptions inference)
    {
        var options = trainer.Generator.Options;
        var pairs = ImagePairs.ForValidation(options, trainer.Options);
        for (var i = 0; i < 3; i++)
        {
            var input = TestImages.Random(options.Width, options.Height, seed: 70 + i);
            pairs.Add(input, Translate(trainer, input, inference));
        }

        return pairs;
    }

    private static ImageScores ScoreByHand(Pix2PixTrainer trainer, ImagePairs pairs, InferenceOptions inference)
    {
        var mean = new MeanImageScores();
        for (var i = 0; i < pairs.Count; i++)
            mean.Add(Translate(trainer, pairs[i].Input, inference), pairs[i].Target);
        return mean.Mean;
    }

    private static PixelImage Translate(Pix2PixTrainer trainer, PixelImage image, InferenceOptions inference)
    {
        using var scope = NewDisposeScope();
        var (width, height) = (image.Width, image.Height);
        float[] values = [.. image.Pixels.Select(level => (level / 127.5f) - 1)];
        var input = tensor(values, [1, height, width, 3]).permute(0, 3, 1, 2).contiguous();
        var output = trainer.Generator.Translate(input, inference).permute(0, 2, 3, 1).contiguous();
        byte[] bytes = [.. Tensors.Floats(output).Select(value => (byte)Math.Clamp(MathF.Round((value + 1) * 127.5f), 0, 255))];
        return new PixelImage(width, height, bytes);
    }

    /// <summary>Running statistics that differ from those of any image, and weights that give more than grey.</summary>
    private static void Liven(nn.Module generator)
    {
        using var noGradient = no_grad();
        using var random = new TorchSharp.torch.Generator(3);
        foreach (var (name, tensor) in generator.state_dict())
        {
            if (name.EndsWith("running_mean"))
                tensor.uniform_(-0.5, 0.5, random);
            else if (!name.EndsWith("running_var") && !name.EndsWith("norm.weight"))
                tensor.uniform_(-0.3, 0.3, random);
        }
    }

    /// <summary>All white: as wrong as can be.</summary>
    private static void SpoilOutput(nn.Module generator)
    {
        using var noGradient = no_grad();
        generator.parameters().Last().fill_(50);
    }

    private static float[] Floats(NetworkState state) => [.. state.Tensors.SelectMany(Tensors.Floats)];
}
