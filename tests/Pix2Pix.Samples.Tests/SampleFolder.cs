using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.Samples.Tests;

/// <summary>A temporary folder in which a sample runs, and checks of its results.</summary>
internal sealed class SampleFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pix2pix-samples-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes an image, and creates its folders: a brown block on blue that ends in the middle of the image.</summary>
    public void AddImage(string name, int width, int height)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height).SelectMany(
            i => i % width is var x && x > width / 8 && x < width / 2 ? (byte[])[120, 80, 40, 255] : [90, 140, 200, 255])];
        using var image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        image.Save(File(name));
    }

    /// <summary>Checks that an image can be decoded and that its sides are within bounds.</summary>
    public void HasImage(string name, int width, int height, int margin = 0)
    {
        using MLImage image = MLImage.CreateFromFile(File(name));
        Assert.InRange(image.Width, width, width + margin);
        Assert.InRange(image.Height, height, height + margin);
    }

    /// <summary>Checks the files that all samples write, and that the model can be opened and translates, as zip and as ONNX.</summary>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="size">The size of the model.</param>
    /// <param name="rows">The number of rows in the image of translations.</param>
    /// <param name="largest">The size of the largest images, if it is not that of the model.</param>
    /// <param name="translations">The name of the image of translations.</param>
    public void HasResults(string folder, int size, int rows, int? largest = null, string translations = "translations.png")
    {
        // Three columns, with margins between and around the images.
        HasImage($"{folder}/{translations}", 3 * (largest ?? size), rows * (largest ?? size), margin: 80);
        Assert.Contains("data:image/png", System.IO.File.ReadAllText(File($"{folder}/comparison.html")));
        Assert.Contains("data:image/png", System.IO.File.ReadAllText(File($"{folder}/training/report.html")));

        Translates($"{folder}/model.zip", (size, size), (size, size));
        using var onnx = new MLContext(seed: 1).ImageTranslation.ApplyModel("Output", "Input", File($"{folder}/generator.onnx")).Open();
        Translates(onnx, (size, size), (size, size));
    }

    /// <summary>Checks that a saved pipeline can be opened and that its model translates to its own size.</summary>
    public void Translates(string model, (int Width, int Height) from, (int Width, int Height) to)
    {
        using var chain = new MLContext(seed: 1).ImageTranslation.LoadModel(File(model), out _);
        Translates(chain.OfType<Pix2PixTransformer>().Single(), from, to);
    }

    private static void Translates(Pix2PixTransformer model, (int Width, int Height) from, (int Width, int Height) to)
    {
        using var drawing = MLImage.CreateFromPixels(from.Width, from.Height, MLPixelFormat.Rgba32, new byte[4 * from.Width * from.Height]);
        using MLImage translation = model.Translate(drawing);
        Assert.Equal(to, (translation.Width, translation.Height));
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException) // Windows does not delete open files
        {
        }
    }
}
