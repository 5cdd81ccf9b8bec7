using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;

namespace TranslationSpeed;

/// <summary>An untrained model as ONNX and as a saved model, written if the files do not exist.</summary>
internal sealed class Model
{
    public Model(string folder, int size, int filters)
    {
        Size = size;
        Directory.CreateDirectory(folder);
        Onnx = Path.Combine(folder, $"model-{size}-{filters}.onnx");
        Zip = Path.ChangeExtension(Onnx, ".zip");
        if (!File.Exists(Zip))
            Write(filters);
    }

    public int Size { get; }

    public string Onnx { get; }

    public string Zip { get; }

    /// <summary>Draws an image with slowly changing colors and a little noise.</summary>
    public static MLImage Draw(int seed, int width, int height)
    {
        Random random = new(seed);
        byte[] noise = new byte[4096];
        random.NextBytes(noise);
        byte[] pixels = new byte[4 * width * height];
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, at += 4)
            {
                int grain = noise[(x + (y * 61)) % noise.Length] / 16;
                pixels[at] = (byte)(((x + seed) * 255 / width / 2) + grain);
                pixels[at + 1] = (byte)((y * 255 / height / 2) + grain + (((x / 32) + (y / 32)) % 2 * 60));
                pixels[at + 2] = (byte)(((x + y) * 100 / (width + height)) + grain);
                pixels[at + 3] = 255;
            }
        }

        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
    }

    private void Write(int filters)
    {
        MLContext context = new(seed: 1);
        using CancellationTokenSource stopped = new();
        stopped.Cancel(); // no training step
        Pix2PixOptions options = new()
        {
            Generator = new() { Width = Size, Height = Size, Filters = filters },
            Discriminator = new() { Filters = 8 },
            Training = new() { Seed = 1 },
            StopTraining = stopped.Token,
        };
        using MLImage image = Draw(1, Size, Size);
        IDataView rows = context.Data.LoadFromEnumerable([new Row { Input = image, Target = image }]);
        using Pix2PixTransformer model = context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(rows);
        model.SaveAsOnnx(Onnx);
        context.Model.Save(model, rows.Schema, Zip);
    }
}
