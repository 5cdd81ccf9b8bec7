using Pix2Pix.Torch;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.ML.Tests;

public sealed class Pix2PixRecipesTests
{
    private static readonly Dictionary<string, (Pix2PixOptions Options, int Epochs, int Batch)> Recipes = new()
    {
        ["facades"] = (Pix2PixRecipes.Facades, 200, 1),
        ["maps"] = (Pix2PixRecipes.Maps, 200, 1),
        ["cityscapes"] = (Pix2PixRecipes.Cityscapes, 200, 1),
        ["edges2shoes"] = (Pix2PixRecipes.EdgesToShoes, 15, 4),
        ["edges2handbags"] = (Pix2PixRecipes.EdgesToHandbags, 15, 4),
        ["colorization"] = (Pix2PixRecipes.Colorization, 6, 4),
        ["day2night"] = (Pix2PixRecipes.DayToNight, 17, 4),
    };

    public static TheoryData<string> Names => [.. Recipes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Recipe_OfThePaper_HasItsSettings(string name)
    {
        var (options, epochs, batch) = Recipes[name];
        Assert.Equal((epochs, batch), (options.Training.Epochs, options.Training.BatchSize));
        Assert.Equal((256, 64), (options.Generator.Width, options.Generator.Filters));
        Assert.Equal((0.0002, 0.5, 100.0), (options.Training.LearningRate, options.Training.Beta1, options.Training.Losses.L1Weight));
        Assert.Equal(70, options.Discriminator.PatchSize);
        Assert.True(options.Inference.Dropout);
        Assert.Empty(Pix2PixTrainer.Contradictions(options.Generator, options.Discriminator, options.Training, new TrainingRun()));
    }

    [Fact]
    public void Colorization_Always_LearnsColoursFromLightness()
    {
        var generator = Pix2PixRecipes.Colorization.Generator;
        Assert.Equal((ImageChannels.Lightness, ImageChannels.Chroma), (generator.Input, generator.Output));
        Assert.Equal(1, Pix2PixRecipes.Colorization.Training.Augmentation.LoadScale);
        Assert.True(Pix2PixRecipes.Colorization.Training.Augmentation.Mirror);
    }
}
