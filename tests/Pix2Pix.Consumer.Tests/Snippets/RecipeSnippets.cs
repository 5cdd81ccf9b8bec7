using Microsoft.ML;
using Pix2Pix;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/recipes.md.</summary>
internal static class RecipeSnippets
{
    public static Pix2PixEstimator Facades(MLContext mlContext)
    {
        // <snippet>
        var options = Pix2PixRecipes.Facades with
        {
            Checkpoints = new() { Folder = "facades/checkpoints", Every = TimeSpan.FromMinutes(10) },
            Report = new() { Folder = "facades/report" },
        };
        var pix2pix = mlContext.ImageTranslation.Pix2PixSideBySide("Output", "Input", "Pair", PairSide.Right, options);
        // </snippet>
        return pix2pix;
    }
}
