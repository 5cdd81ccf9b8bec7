using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Diagnostics;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Diagnostics;

/// <summary>The pairs that a report shows.</summary>
[Collection(TorchCollection.Name)]
public sealed class SampleSetTests
{
    /// <summary>What a network of chroma gives is shown as a photograph, with the input's lightness.</summary>
    [Fact]
    public void Samples_OfAColorization_AreShownInColor()
    {
        var generator = TinyTraining.Generator with { Input = ImageChannels.Lightness, Output = ImageChannels.Chroma };
        using var trainer = TinyTraining.Trainer(generator: generator);
        var photo = TestImages.Constant(40, 40, 200, 60, 30);
        var pairs = new ImagePairs(generator, TinyTraining.Options);
        pairs.Add(photo, photo);

        var samples = SampleSet.Of(trainer, 1, pairs, default);

        var shown = samples.Shown.Single();
        Assert.Equal((1, 3), (shown.Input.Channels, shown.Target.Channels));
        Assert.All(shown.Target.Pixels.Zip(photo.Pixels), pair => Assert.InRange(pair.First - pair.Second, -3, 3)); // rounded to bytes in Lab
        var translated = samples.Translate(InferenceOptions.Default);
        Assert.Equal(2, translated.Single().Channels);
        Assert.Equal(3, samples.Show(translated).Single().Channels);
    }

    [Fact]
    public void Samples_WithAnAverage_AreThoseOfTheAverage()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { AverageDecay = 0.9 });
        var pairs = TinyTraining.Pairs(2);
        var samples = SampleSet.Of(trainer, 1, pairs, default);
        var before = TinyTraining.Weights(trainer);
        var fresh = samples.Translate(InferenceOptions.Default).Single().Pixels;

        using (no_grad())
            trainer.Generator.parameters().First().fill_(0.5); // not yet in the average

        Assert.Equal(fresh, samples.Translate(InferenceOptions.Default).Single().Pixels);
        Assert.NotEqual(before, TinyTraining.Weights(trainer));
    }

    [Fact]
    public void Samples_OfManyPairs_AreEvenlySpread()
    {
        var pairs = TinyTraining.Pairs(10);
        using var trainer = TinyTraining.Trainer();
        var samples = SampleSet.Of(trainer, 4, pairs, default);
        var expected = new[] { 0, 2, 5, 7 }.Select(row => ImageResizer.Resize(pairs[row].Input, 32, 32).Pixels);
        Assert.Equal(expected, samples.Pairs.Select(pair => pair.Input.Pixels));
    }
}
