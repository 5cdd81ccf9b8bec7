using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests;

/// <summary>What remains of a trainer after its training state is released.</summary>
[Collection(TorchCollection.Name)]
public class ReleaseTrainingStateTests
{
    private static readonly GeneratorOptions Small = new() { Width = 32, Height = 32, Filters = 2 };
    private static readonly TrainingOptions Options = new() { Epochs = 1, AverageDecay = 0.9, ImagePool = 2, Seed = 1 };

    [Fact]
    public void ReleaseTrainingState_AfterTraining_KeepsTheGenerator()
    {
        using var trainer = new Pix2PixTrainer(Small, new() { Filters = 2 }, Options);
        trainer.Train(Pairs());
        var image = TestImages.Random(32, 32, seed: 5);
        var before = trainer.Generator.Translate(image, InferenceOptions.Default);

        trainer.ReleaseTrainingState();
        trainer.ReleaseTrainingState(); // does nothing

        Assert.Equal(before.Pixels, trainer.Generator.Translate(image, InferenceOptions.Default).Pixels);
    }

    [Fact]
    public void ReleaseTrainingState_ThenTrain_IsRejected()
    {
        using var trainer = new Pix2PixTrainer(Small, new() { Filters = 2 }, Options);
        trainer.ReleaseTrainingState();
        Assert.Contains("create a new trainer", Assert.Throws<InvalidOperationException>(() => trainer.Train(Pairs())).Message, StringComparison.Ordinal);
    }

    private static ImagePairs Pairs()
    {
        var pairs = new ImagePairs(Small, Options);
        pairs.Add(TestImages.Random(32, 32, seed: 1), TestImages.Random(32, 32, seed: 2));
        return pairs;
    }
}
