using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests;

[Collection(TorchCollection.Name)]
public class ValidationOptionsTests
{
    [Fact]
    public void Default_Always_IsL1AfterEachEpochAndTheBestIsKept()
    {
        var options = ValidationOptions.Default;
        Assert.Equal(new ValidationOptions(), options);
        Assert.Equal((ValidationMetric.L1, 1, 100), (options.Metric, options.EveryEpochs, options.MaxPairs));
        Assert.True(options.KeepBest);
        Assert.Null(options.Patience);
    }

    [Fact]
    public void Numbers_OutOfRange_SayTheRange()
    {
        RangeError.Assert("EveryEpochs", 0, "1", "1000000", () => new ValidationOptions { EveryEpochs = 0 });
        RangeError.Assert("Patience", 0, "1", "1000000", () => new ValidationOptions { Patience = 0 });
        RangeError.Assert("MaxPairs", 0, "1", "1000000", () => new ValidationOptions { MaxPairs = 0 });
    }

    [Fact]
    public void Statistics_OfTrainingAuto_SayWhatIsExpected()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { Statistics = NormStatistics.Auto });
        Assert.StartsWith(
            "Statistics is Auto; expected Image, Running or null. To let validation choose, leave Statistics null and set Inference.Statistics to " +
            "Auto.",
            error.Message);
    }

    [Fact]
    public void Train_OptionsThatNeedAValidation_AreAllRefusedWithoutOne()
    {
        using var trainer = TinyTraining.Trainer(
            TinyTraining.Options with { Schedule = new() { Kind = ScheduleKind.Plateau }, Statistics = NormStatistics.Image });
        var run = new TrainingRun
        {
            Validation = new() { Patience = 3 },
            Inference = new() { Statistics = NormStatistics.Auto },
            Progress = new ProgressList(_ => Assert.Fail("It trains.")),
        };

        var error = Assert.Throws<ArgumentException>(() => trainer.Train(TinyTraining.Pairs(1), run));

        Assert.Equal(
            """
            The options contradict each other:
              Schedule.Kind is Plateau, which requires validation; provide validation pairs, or choose another schedule.
              Validation.Patience is 3, which requires validation; provide validation pairs, or leave it null.
              Training.Statistics is Image and Inference.Statistics is Auto: a generator trained with the statistics of each image has no running statistics. Leave Training.Statistics null, set it to Running, or set both to Image.
              Inference.Statistics is Auto, which requires validation; provide validation pairs, or choose Image or Running.
            """,
            error.Message);
        Assert.Equal(
            error.Message.Split("\n  ")[1..],
            OptionsCheck.Problems(TinyTraining.Generator, TinyTraining.Discriminator, trainer.Options, run));
    }

    [Fact]
    public void Contradictions_OfOtherNorms_DoNotCountStatistics()
        => Assert.Empty(OptionsCheck.Problems(
            TinyTraining.Generator with { Norm = NormKind.Instance },
            TinyTraining.Discriminator,
            TinyTraining.Options with { Statistics = NormStatistics.Image },
            new() { Inference = new() { Statistics = NormStatistics.Auto } }));

    [Fact]
    public void Train_ValidationPairsOfTheLoadSize_SaysWhatIsExpected()
    {
        using var trainer = TinyTraining.Trainer();
        var error = Assert.Throws<ArgumentException>(
            () => trainer.Train(TinyTraining.Pairs(1), new() { ValidationSet = TinyTraining.Pairs(1) }));
        Assert.StartsWith("The validation pairs were prepared with different options than the trainer's.\n  Prepared with: ", error.Message);
        Assert.Contains("LoadWidth = 36, LoadHeight = 36", error.Message.Split('\n')[1]);
        Assert.Contains("LoadWidth = 32, LoadHeight = 32", error.Message.Split('\n')[2]);
        Assert.EndsWith(
            "\nCreate the ImagePairs with the options of the trainer, and validation pairs with ImagePairs.ForValidation. (Parameter "
            + "'run')",
            error.Message);
    }

    [Fact]
    public void Train_ValidationPairsOfAnotherSource_AreCheckedOneByOne()
    {
        using var trainer = TinyTraining.Trainer();
        var error = Assert.Throws<ArgumentException>(
            () => trainer.Train(TinyTraining.Pairs(1), new() { ValidationSource = new Source(TinyTraining.Pairs(1)) }));
        Assert.Equal("A validation pair is 36x36; expected 32x32, the generator's size.", error.Message);
    }

    [Fact]
    public void Train_NoValidationPairs_SaysSo()
    {
        using var trainer = TinyTraining.Trainer();
        var none = ImagePairs.ForValidation(TinyTraining.Generator, TinyTraining.Options);
        var error = Assert.Throws<ArgumentException>(() => trainer.Train(TinyTraining.Pairs(1), new() { ValidationSet = none }));
        Assert.Equal("The validation set is empty; expected at least one pair. (Parameter 'run')", error.Message);
    }

    [Fact]
    public void Translate_AutoStatistics_SaysWhatIsExpected()
    {
        using var trainer = TinyTraining.Trainer();
        using var image = Tensors.Random(1, 1, 3, 32, 32);
        var error = Assert.Throws<ArgumentException>(() => trainer.Generator.Translate(image, new() { Statistics = NormStatistics.Auto }));
        Assert.Equal(
            "Statistics is Auto, which is resolved during training; expected Image or Running. Use TrainingSummary.Statistics, which "
            + "contains the choice.",
            error.Message);
    }

    private sealed class Source(ImagePairs pairs) : IPairSource
    {
        public int Count => pairs.Count;

        public IEnumerable<ImagePair> Read(CancellationToken cancel) => ((IPairSource)pairs).Read(cancel);
    }
}
