namespace Pix2Pix.Torch.Tests.Data;

[Collection(TorchCollection.Name)]
public class AugmentationOptionsTests
{
    [Fact]
    public void Default_Always_IsThePapers()
    {
        var options = AugmentationOptions.Default;
        Assert.Equal((286.0 / 256, true, false, 1.0, 0.0), (
            options.LoadScale, options.Mirror, options.RightAngles, options.MaxScale, options.InputColorJitter));
    }

    [Theory]
    [InlineData(0.99)]
    [InlineData(4.01)]
    public void MaxScale_OutOfRange_ReportsTheRange(double scale)
        => RangeError.Assert("MaxScale", scale, "1", "4", () => new AugmentationOptions { MaxScale = scale });

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void InputColorJitter_OutOfRange_ReportsTheRange(double amount)
        => RangeError.Assert("InputColorJitter", amount, "0", "1", () => new AugmentationOptions { InputColorJitter = amount });

    [Theory]
    [InlineData(ImageChannels.Rgba)]
    [InlineData(ImageChannels.Lightness)]
    public void Trainer_AnglesOfRectanglesAndColorsOfOtherInputs_NamesBoth(ImageChannels input)
    {
        var options = TinyTraining.Options with { Augmentation = new() { RightAngles = true, InputColorJitter = 0.2 } };

        var error = Assert.Throws<ArgumentException>(
            () => TinyTraining.Trainer(options, TinyTraining.Generator with { Width = 64, Input = input }));

        Assert.Equal(
            $"""
            The options contradict each other:
              Augmentation.RightAngles rotates images by 90 degrees, but the images are 64x32; turn it off, or use square images.
              Augmentation.InputColorJitter is 0.2, which supports RGB and gray inputs only, but Generator.Input is {input}; set it to 0, or choose Rgb or Gray.
            """,
            error.Message);
    }

    [Fact]
    public void Train_AllOfThem_IsReproducible()
    {
        var options = TinyTraining.Options with
        {
            Augmentation = new() { RightAngles = true, MaxScale = 1.3, InputColorJitter = 0.3 },
            Threads = 1,
        };
        Assert.Equal(Trained(), Trained());

        float[] Trained()
        {
            using var restored = new ThreadCount(TorchSharp.torch.get_num_threads());
            using var trainer = TinyTraining.Trainer(options);
            trainer.Train(TinyTraining.Pairs(5, options));
            return TinyTraining.Weights(trainer);
        }
    }
}
