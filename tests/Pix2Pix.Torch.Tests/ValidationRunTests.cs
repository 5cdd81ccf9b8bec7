using Pix2Pix.Imaging;
using Pix2Pix.Metrics;
using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>The scores of a validation, and the choice of the best one.</summary>
[Collection(TorchCollection.Name)]
public class ValidationRunTests
{
    [Theory]
    [InlineData(NormStatistics.Image, ValidationMetric.L1)]
    [InlineData(NormStatistics.Running, ValidationMetric.L1)]
    [InlineData(NormStatistics.Image, ValidationMetric.Psnr)]
    [InlineData(NormStatistics.Running, ValidationMetric.Ssim)]
    public void Validate_AutoStatistics_TakesTheBetterOnes(NormStatistics better, ValidationMetric metric)
    {
        using var trainer = TinyTraining.Trainer();
        TestValidations.Randomize(trainer.Generator);
        var pairs = TestValidations.Translations(trainer, new() { Statistics = better });
        using var validation = TestValidations.Run(trainer, new()
        {
            ValidationSet = pairs,
            Validation = new() { Metric = metric },
            Inference = new() { Statistics = NormStatistics.Auto },
        });

        var scores = validation.Validate(epoch: 1);

        Assert.Equal(better, scores.Statistics);
        Assert.Equal(better, validation.Statistics);
        Assert.Equal(0, scores.Scores.L1);
    }

    /// <summary>First uniform gray, close to the targets everywhere; then the shapes of the targets, but too bright.</summary>
    [Theory]
    [InlineData(ValidationMetric.L1, 1)]
    [InlineData(ValidationMetric.Psnr, 1)]
    [InlineData(ValidationMetric.Ssim, 2)]
    public void Validate_MetricsDisagree_FindsTheBestByTheChosenOne(ValidationMetric metric, int best)
    {
        using var noGradient = no_grad();
        using var trainer = TinyTraining.Trainer();
        TestValidations.Randomize(trainer.Generator);
        var (weight, bias) = (trainer.Generator.parameters().ElementAt(^2), trainer.Generator.parameters().Last());
        using var shapes = weight.clone();
        bias.zero_();
        using var validation = TestValidations.Run(
            trainer, new() { ValidationSet = TestValidations.Translations(trainer, InferenceOptions.Default), Validation = new() { Metric = metric } });

        weight.zero_();
        var flat = validation.Validate(epoch: 1).Scores;
        weight.copy_(shapes);
        bias.fill_(0.5);
        var bright = validation.Validate(epoch: 2).Scores;

        Assert.True(flat.L1 < bright.L1 && flat.Psnr > bright.Psnr && flat.Ssim < bright.Ssim, $"{flat}, {bright}");
        Assert.Equal(best, validation.Best!.Epoch);
    }

    [Theory]
    [InlineData(true, NormStatistics.Running)]
    [InlineData(false, NormStatistics.Image)]
    public void Statistics_BestAndLastDiffer_AreThoseOfTheWeightsThatAreKept(bool keepBest, NormStatistics expected)
    {
        using var trainer = TinyTraining.Trainer();
        TestValidations.Randomize(trainer.Generator);
        using var validation = TestValidations.Run(trainer, new()
        {
            ValidationSet = TestValidations.Translations(trainer, new() { Statistics = NormStatistics.Running }),
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
        using var validation = TestValidations.Run(
            trainer, new() { ValidationSet = TestValidations.Pairs(1), Inference = new() { Statistics = NormStatistics.Auto } });
        Assert.Equal(NormStatistics.Image, validation.Statistics);
        Assert.Equal(NormStatistics.Image, validation.Validate(epoch: 1).Statistics);
    }

    [Fact]
    public void Validate_Dropout_IsTheMaskThatIsExported()
    {
        var options = TinyTraining.Generator with { Width = 64, Height = 64 };
        using var trainer = TinyTraining.Trainer(generator: options);
        TestValidations.Randomize(trainer.Generator);
        var inference = new InferenceOptions { Dropout = true, DropoutSeed = 5 };
        using var same = TestValidations.Run(trainer, new() { ValidationSet = TestValidations.Translations(trainer, inference), Inference = inference });
        using var other = TestValidations.Run(
            trainer, new() { ValidationSet = TestValidations.Translations(trainer, inference), Inference = inference with { DropoutSeed = 6 } });

        Assert.Equal(0, same.Validate(epoch: 1).Scores.L1);
        Assert.NotEqual(0, other.Validate(epoch: 1).Scores.L1);
    }

    [Fact]
    public void Validate_Colorization_ScoresImagesWithTheirLightness()
    {
        var options = TinyTraining.Generator with { Input = ImageChannels.Lightness, Output = ImageChannels.Chroma };
        using var trainer = TinyTraining.Trainer(generator: options);
        TestValidations.Randomize(trainer.Generator);
        var pairs = ImagePairs.ForValidation(options, TinyTraining.Options);
        var mean = new MeanImageScores();
        for (var i = 0; i < 3; i++)
        {
            pairs.Add(TestImages.Random(32, 32, seed: i), TestImages.Random(32, 32, seed: i));
            var pair = pairs[i];
            var chroma = trainer.Generator.Translate(pair.Input, InferenceOptions.Default);
            mean.Add(ChannelConversion.FromLab(pair.Input, chroma), ChannelConversion.FromLab(pair.Input, pair.Target));
        }

        using var validation = TestValidations.Run(trainer, new() { ValidationSet = pairs });

        Assert.Equal(mean.Mean, validation.Validate(epoch: 1).Scores);
    }

    [Fact]
    public void Validate_OneTranslationIsPerfect_StillFindsTheBest()
    {
        using var trainer = TinyTraining.Trainer();
        TestValidations.Randomize(trainer.Generator);
        var pairs = TestValidations.Translations(trainer, InferenceOptions.Default);
        using var validation = TestValidations.Run(trainer, new() { ValidationSet = pairs, Validation = new() { Metric = ValidationMetric.Psnr } });

        var perfect = validation.Validate(epoch: 1);
        var again = validation.Validate(epoch: 1);

        Assert.Equal(10 * Math.Log10(255.0 * 255 * 32 * 32 * 3), perfect.Scores.Psnr, 1e-9);
        Assert.True(perfect.IsBest);
        Assert.False(again.IsBest);
    }

    [Fact]
    public void Validate_Canceled_LeavesTheRawWeights()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { AverageDecay = 0.9 });
        using var scope = NewDisposeScope();
        trainer.StepAndRead(Tensors.Random(1, 2, 3, 32, 32), Tensors.Random(2, 2, 3, 32, 32), learningRate: 0.01);
        var raw = TestValidations.Floats(trainer.GeneratorState);
        using var cancel = new CancellationTokenSource();
        using var validation = TestValidations.Run(trainer, new() { ValidationSet = TestValidations.Pairs(1), CancellationToken = cancel.Token });
        cancel.Cancel();

        Assert.Throws<OperationCanceledException>(() => validation.Validate(epoch: 1));

        Assert.Equal(raw, TestValidations.Floats(trainer.GeneratorState));
        Assert.Empty(validation.History);
    }
}
