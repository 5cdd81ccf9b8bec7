namespace Pix2Pix.Core.Tests.Options;

public class TrainingOptionsTests
{
    [Fact]
    public void Default_Always_IsThePapersTraining()
    {
        var options = TrainingOptions.Default;
        Assert.Equal(new TrainingOptions(), options);
        Assert.Equal(200, options.Epochs);
        Assert.Equal(0.5, options.Schedule.DecayShare);
        Assert.Equal(1, options.BatchSize);
        Assert.Equal(0.0002, options.LearningRate);
        Assert.Equal((0.5, 0.999), (options.Beta1, options.Beta2));
        Assert.Equal(100, options.Losses.L1Weight);
        Assert.Equal(286.0 / 256, options.Augmentation.LoadScale);
        Assert.True(options.Augmentation.Mirror);
        Assert.Equal(TrainingPrecision.Float32, options.Precision);
        Assert.False(options.ChannelsLast);
        Assert.Null(options.Seed);
        Assert.Null(options.Threads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_001)]
    public void Epochs_OutOfRange_SayTheRange(int epochs)
        => RangeError.Assert("Epochs", epochs, "1", "1000000", () => new TrainingOptions { Epochs = epochs });

    [Theory]
    [InlineData(0)]
    [InlineData(4097)]
    public void BatchSize_OutOfRange_SaysTheRange(int size)
        => RangeError.Assert("BatchSize", size, "1", "4096", () => new TrainingOptions { BatchSize = size });

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void Threads_OutOfRange_SayTheRange(int threads)
        => RangeError.Assert("Threads", threads, "1", "1024", () => new TrainingOptions { Threads = threads });

    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.NaN)]
    public void Shares_OutOfRange_SayTheRange(double value)
    {
        RangeError.Assert("DecayShare", value, "0", "1", () => new ScheduleOptions { DecayShare = value });
        RangeError.Assert("LearningRate", value, "0", "1", () => new TrainingOptions { LearningRate = value });
        RangeError.Assert("Beta1", value, "0", "0.9999999", () => new TrainingOptions { Beta1 = value });
        RangeError.Assert("Beta2", value, "0", "0.9999999", () => new TrainingOptions { Beta2 = value });
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(1e7)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void L1Weight_OutOfRange_SaysTheRange(double weight)
        => RangeError.Assert("L1Weight", weight, "0", "1000000", () => new LossOptions { L1Weight = weight });

    [Theory]
    [InlineData(0.99)]
    [InlineData(4.01)]
    [InlineData(double.NaN)]
    public void LoadScale_OutOfRange_SaysTheRange(double scale)
        => RangeError.Assert("LoadScale", scale, "1", "4", () => new AugmentationOptions { LoadScale = scale });

    [Fact]
    public void DiscriminatorAugmentation_UnknownFlag_NamesTheKnownOnes()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new TrainingOptions { DiscriminatorAugmentation = (DiscriminatorAugmentation)9 });
        Assert.StartsWith(
            "DiscriminatorAugmentation is 9; expected a combination of None, Color, Translation, Cutout.", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Cutout,
            new TrainingOptions { DiscriminatorAugmentation = (DiscriminatorAugmentation)5 }.DiscriminatorAugmentation);
    }
}
