using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.Torch.Tests.Training;

/// <summary>Pairs that do not belong to the generator are refused before the first step.</summary>
[Collection(TorchCollection.Name)]
public sealed class TrainingPairsTests
{
    private static readonly GeneratorOptions Small = new() { Width = 32, Height = 32, Filters = 2 };
    private static readonly TrainingOptions Training = new() { Epochs = 1, LoadScale = 1 };

    [Fact]
    public void Train_NoPairs_SaysSo()
        => Assert.Equal(
            "There are no pairs to learn from; expected at least one. (Parameter 'pairs')",
            Refused(Small, new ImagePairs(Small, Training)));

    [Fact]
    public void Train_GeneratorOfOtherChannels_SaysWhatPairsNeed()
        => Assert.Equal(
            "The generator has 1 channels in and 3 out; pairs are RGB images and need 3 and 3. (Parameter 'pairs')",
            Refused(Small with { InputChannels = 1 }, OnePair(Small)));

    [Fact]
    public void Train_PairsOfAnotherSize_NamesBothSizes()
        => Assert.Equal(
            "The pairs are 32x32 and the generator's images 32x64; expected pairs of at least that size. Make ImagePairs with the " +
            "generator's own options. (Parameter 'pairs')",
            Refused(Small with { Height = 64 }, OnePair(Small)));

    private static ImagePairs OnePair(GeneratorOptions generator)
    {
        var pairs = new ImagePairs(generator, Training);
        pairs.Add(new RgbImage(32, 32), new RgbImage(32, 32));
        return pairs;
    }

    private static string Refused(GeneratorOptions generator, ImagePairs pairs)
    {
        using var trainer = new Pix2PixTrainer(generator, new DiscriminatorOptions { Filters = 2 }, Training);
        return Assert.Throws<ArgumentException>(() => trainer.Train(pairs)).Message;
    }
}
