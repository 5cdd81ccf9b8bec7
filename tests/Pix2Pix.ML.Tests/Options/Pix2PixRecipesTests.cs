using Pix2Pix.Torch;

namespace Pix2Pix.ML.Tests.Options;

/// <summary>The paper's settings (Isola et al. 2017, appendix 6.2), stated independently.</summary>
public sealed class Pix2PixRecipesTests
{
    public static TheoryData<string, Pix2PixOptions, int, int, bool, bool> All => new()
    {
        { "Facades", Pix2PixRecipes.Facades, 200, 1, true, true },
        { "Maps", Pix2PixRecipes.Maps, 200, 1, true, true },
        { "Cityscapes", Pix2PixRecipes.Cityscapes, 200, 1, true, true },
        { "EdgesToShoes", Pix2PixRecipes.EdgesToShoes, 15, 4, true, true },
        { "EdgesToHandbags", Pix2PixRecipes.EdgesToHandbags, 15, 4, true, true },
        { "Colorization", Pix2PixRecipes.Colorization, 6, 4, false, true },
        { "DayToNight", Pix2PixRecipes.DayToNight, 17, 4, true, true },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Recipe_OfEachDataSet_IsThePapers(string name, Pix2PixOptions recipe, int epochs, int batch, bool jitter, bool mirror)
    {
        Assert.NotEmpty(name);
        var training = recipe.Training;
        Assert.Equal((epochs, batch), (training.Epochs, training.BatchSize));
        Assert.Equal((jitter ? 286.0 / 256 : 1, mirror), (training.Augmentation.LoadScale, training.Augmentation.Mirror));
        Assert.Equal((0.0002, 0.5, 0.999, 0.0), (training.LearningRate, training.Beta1, training.Beta2, training.Schedule.DecayShare));
        Assert.Equal((1.0, 100.0), (training.Losses.AdversarialWeight, training.Losses.L1Weight));
        Assert.Equal((256, 256, 64, true), (recipe.Generator.Width, recipe.Generator.Height, recipe.Generator.Filters, recipe.Generator.Dropout));
        Assert.Equal((3, 64), (recipe.Discriminator.Layers, recipe.Discriminator.Filters ?? recipe.Generator.Filters));
        Assert.Equal((NormStatistics.Image, true), (recipe.Inference.Statistics, recipe.Inference.Dropout));
    }

    [Fact]
    public void Colorization_Channels_AreLightnessToChroma() => Assert.Equal(
        (ImageChannels.Lightness, ImageChannels.Chroma),
        (Pix2PixRecipes.Colorization.Generator.Input, Pix2PixRecipes.Colorization.Generator.Output));

    [Fact]
    public void Recipes_Always_AreAllHere() => Assert.Equal(
        typeof(Pix2PixRecipes).GetProperties().Select(property => property.Name),
        All.Select(row => row.Data.Item1));

    [Theory]
    [MemberData(nameof(All))]
    public void Recipe_OfEachDataSet_HasNoContradictions(string name, Pix2PixOptions recipe, int epochs, int batch, bool jitter, bool mirror)
    {
        _ = (epochs, batch, jitter, mirror);
        Assert.NotEmpty(name);
        Assert.Empty(Torch.OptionsCheck.Problems(
            recipe.Generator, recipe.Discriminator, recipe.Training, TrainingRun.Default with { Inference = recipe.Inference }));
    }
}
