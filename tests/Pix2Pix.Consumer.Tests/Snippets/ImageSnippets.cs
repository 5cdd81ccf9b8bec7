using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/images.md.</summary>
internal static class ImageSnippets
{
    public static void Colorize(MLContext mlContext, IDataView photos)
    {
        // <snippet>
        var options = new Pix2PixOptions { Generator = new() { Input = ImageChannels.Lightness, Output = ImageChannels.Chroma } };
        using var model = mlContext.ImageTranslation.Pix2Pix("Output", "Photo", "Photo", options).Fit(photos);
        using var colorized = model.Colorize(MLImage.CreateFromFile("old.jpg")); // at the photograph's full resolution
        // </snippet>
    }
}
