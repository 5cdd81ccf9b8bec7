using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML;
using Pix2Pix.ML.Data;

namespace Pix2Pix.Samples.Tests;

/// <summary>A temporary folder in which a sample runs, and checks of what it leaves there.</summary>
internal sealed class SampleFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pix2pix-samples-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>An image that decodes, whose sides are within bounds.</summary>
    public void HasImage(string name, int width, int height, int margin = 0)
    {
        using MLImage image = ImageFiles.Read(File(name));
        Assert.InRange(image.Width, width, width + margin);
        Assert.InRange(image.Height, height, height + margin);
    }

    /// <summary>The files that all samples write; the model opens and translates, as zip and as ONNX.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="size">The model's.</param>
    /// <param name="rows">Rows of the picture of translations.</param>
    /// <param name="largest">The size of its largest images, where this is not the model's.</param>
    public void HasResults(string folder, int size, int rows, int? largest = null)
    {
        // Three columns; the margin is the paper between and around the images.
        HasImage($"{folder}/translations.png", 3 * (largest ?? size), rows * (largest ?? size), margin: 80);
        Assert.Contains("data:image/png", System.IO.File.ReadAllText(File($"{folder}/comparison.html")));
        Assert.Contains("data:image/png", System.IO.File.ReadAllText(File($"{folder}/training/report.html")));

        var mlContext = new MLContext(seed: 1);
        using var drawing = MLImage.CreateFromPixels(size, size, MLPixelFormat.Rgba32, new byte[4 * size * size]);
        using (var chain = mlContext.Model.LoadPix2Pix(File($"{folder}/model.zip"), out _, mlContext))
        using (MLImage translation = chain.OfType<Pix2PixTransformer>().Single().Translate(drawing))
            Assert.Equal((size, size), (translation.Width, translation.Height));

        using var onnx = mlContext.Transforms.ApplyPix2PixModel("Output", "Input", File($"{folder}/generator.onnx")).Open();
        using MLImage other = onnx.Translate(drawing);
        Assert.Equal((size, size), (other.Width, other.Height));
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException) // Windows keeps what is open
        {
        }
    }
}
