using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;

namespace Consumer.Tests;

public sealed class ReadmeTests : IDisposable
{
    private const int MaxLines = 11;

    private readonly string _before = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-tests-");

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Pipeline_InTheReadme_IsTheOneThatIsCompiled()
    {
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "ReadmePipeline.cs"))
            .SkipWhile(line => !line.Contains("// <readme>")).Skip(1).TakeWhile(line => !line.Contains("// </readme>"))
            .Select(line => line.Length > 8 ? line[8..] : line.Trim()).ToArray();
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).ReplaceLineEndings("\n");

        Assert.InRange(lines.Count(line => line.Length > 0), 8, MaxLines);
        Assert.Contains($"```csharp\n{string.Join('\n', lines)}\n```", readme);
    }

    [Fact]
    public void Pipeline_OnAFolderOfPairs_WritesModelAndPicture()
    {
        Environment.CurrentDirectory = _folder.FullName;
        Directory.CreateDirectory("pairs");
        for (var i = 0; i < 4; i++)
        {
            using var pair = Draw(256, 128, i);
            pair.Save(Path.Combine("pairs", $"{i}.png"));
        }

        using (var drawing = Draw(128, 128, 9))
            drawing.Save("drawing.png");

        ReadmePipeline.Run();

        using var photo = MLImage.CreateFromFile("photo.png");
        Assert.Equal((128, 128), (photo.Width, photo.Height));
        var mlContext = new MLContext();
        using var loaded = mlContext.ImageTranslation.LoadModel("model.zip", out _);
        Assert.Single(loaded);
        Assert.True(new FileInfo("generator.onnx").Length > 1_000_000);
    }

    // A disc on the left, the same disc in other colors on the right.
    private static MLImage Draw(int width, int height, int seed)
    {
        var radius = height / (3.0 + (seed % 3));
        var pixels = new byte[width * height * 4];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (i % width, i / width);
            var inside = Math.Pow((x % height) - (height / 2.0), 2) + Math.Pow(y - (height / 2.0), 2) < radius * radius;
            (byte r, byte g, byte b) = (inside, x < height) switch
            {
                (true, true) => ((byte)0, (byte)0, (byte)0),
                (true, false) => ((byte)220, (byte)60, (byte)30),
                (false, true) => ((byte)255, (byte)255, (byte)255),
                (false, false) => ((byte)90, (byte)140, (byte)200),
            };
            (pixels[4 * i], pixels[(4 * i) + 1], pixels[(4 * i) + 2], pixels[(4 * i) + 3]) = (b, g, r, 255);
        }

        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
    }
}
