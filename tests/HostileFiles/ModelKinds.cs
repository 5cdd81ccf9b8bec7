using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;
using Pix2Pix.ML.Data;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Export;
using Pix2Pix.Torch.Import;
using Pix2Pix.Torch.Tests.Import;
using TorchSharp;

namespace HostileFiles;

/// <summary>Weights from PyTorch, imported and exported.</summary>
internal sealed class WeightKind : FileKind
{
    private WeightKind(bool isChecked, IReadOnlyList<(string Name, byte[] Content)> originals)
        => (IsChecked, Originals) = (isChecked, originals);

    public override IReadOnlyList<(string Name, byte[] Content)> Originals { get; }

    public override bool IsChecked { get; }

    /// <summary>Zip archives with checksums.</summary>
    public static WeightKind Zipped() => new(
        isChecked: true, Original.Read("import_unet_none.pth", "import_resnet_batch.pth"));

    public static WeightKind Legacy() => new(isChecked: false, Original.Read("import_resnet_legacy.pth", "import_unet_instance.pth"));

    public static WeightKind SafeTensors(string folder)
    {
        TorchRuntime.Initialize();
        using var scope = torch.NewDisposeScope();
        var path = Path.Combine(folder, "weights.safetensors");
        StateFile.Write(path, StateFile.Read(Original.PathOf("import_unet_none.pth")));
        return new(isChecked: false, [(Path.GetFileName(path), File.ReadAllBytes(path))]);
    }

    public override string Read(string path, int seed)
    {
        using var generator = PretrainedGenerator.Load(path);
        using var onnx = new MemoryStream();
        GeneratorExporter.Write(generator, InferenceOptions.Default, onnx);
        return Convert.ToHexString(SHA256.HashData(onnx.ToArray()));
    }

    public override bool IsDocumented(Exception exception) => exception is WeightImportException;
}

/// <summary>ONNX files, opened to translate an image.</summary>
internal sealed class OnnxKind(Pix2PixTransformer model) : FileKind
{
    private readonly MLContext _mlContext = new();

    public override IReadOnlyList<(string Name, byte[] Content)> Originals { get; } =
        [("exported.onnx", Exported(model)), .. Original.Read("elsewhere_fixed.onnx", "elsewhere_mixed.onnx")];

    public override string Read(string path, int seed)
    {
        using var model = _mlContext.ImageTranslation.ApplyModel("Output", "Input", path).Open();
        return Translation.Hash(model);
    }

    public override bool IsDocumented(Exception exception)
        => exception is InvalidDataException or ArgumentException or FileNotFoundException;

    private static byte[] Exported(Pix2PixTransformer model)
    {
        using var stream = new MemoryStream();
        model.SaveAsOnnx(stream);
        return stream.ToArray();
    }
}

/// <summary>Models that were saved with ML.NET, loaded to translate an image.</summary>
internal sealed class SavedModelKind : FileKind
{
    private readonly MLContext _mlContext = new();

    public SavedModelKind(Pix2PixTransformer model)
    {
        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, inputSchema: null, stream);
        Originals = [("model.zip", stream.ToArray())];
    }

    public override IReadOnlyList<(string Name, byte[] Content)> Originals { get; }

    public override bool IsChecked => true;

    public override string Read(string path, int seed)
    {
        using var model = _mlContext.ImageTranslation.LoadTransformer(path);
        return Translation.Hash(model);
    }

    public override bool IsDocumented(Exception exception) => exception is InvalidDataException;
}

/// <summary>Checkpoints of a complete training, from which Fit restores the model.</summary>
internal sealed class CheckpointKind : FileKind
{
    private readonly MLContext _mlContext = new();

    public CheckpointKind(string folder)
    {
        TinyModel.Train(_mlContext, folder).Dispose();
        Originals = [(Path.GetFileName(Newest(folder)), File.ReadAllBytes(Newest(folder)))];
    }

    public override IReadOnlyList<(string Name, byte[] Content)> Originals { get; }

    public override bool IsChecked => true;

    private static string Newest(string folder) => Directory.GetFiles(folder, "checkpoint-*.safetensors").Max(StringComparer.Ordinal)!;

    public override string Read(string path, int seed)
    {
        using var model = TinyModel.Train(_mlContext, Path.GetDirectoryName(path));
        return Translation.Hash(model);
    }

    public override bool IsDocumented(Exception exception) => exception is CheckpointException;
}

/// <summary>Text files that list pairs.</summary>
internal sealed class ListKind : FileKind
{
    private const int Pairs = 4;

    private readonly MLContext _mlContext = new();

    /// <param name="folder">The folder of the images. The lists are in another folder beside it.</param>
    public ListKind(string folder)
    {
        for (var i = 0; i < Pairs; i++)
            File.WriteAllBytes(Path.Combine(folder, $"ä {i}.bmp"), RawImages.Bmp(8, 8));
        var relative = $"../{Path.GetFileName(folder)}";
        Originals =
        [
            ("pairs.csv", List("input,target\n", i => $"\"{relative}/ä {i}.bmp\",{relative}/ä {i}.bmp\n")),
            ("pairs.tsv", List("input\ttarget\r\n", i => $"{relative}/ä {i}.bmp\t{relative}/ä {i}.bmp\r\n")),
        ];
    }

    public override IReadOnlyList<(string Name, byte[] Content)> Originals { get; }

    private static byte[] List(string header, Func<int, string> line)
        => Encoding.UTF8.GetBytes(header + string.Concat(Enumerable.Range(0, Pairs).Select(line)));

    public override string Read(string path, int seed)
        => _mlContext.ImageTranslation.LoadPairs(path, TextPairOptions.Default).GetRowCount().ToString()!;

    public override bool IsDocumented(Exception exception) => exception is PairDataException;
}

/// <summary>A network that trains in a moment.</summary>
internal static class TinyModel
{
    private const int Side = 32;

    public static Pix2PixTransformer Train(MLContext mlContext, string? checkpoints)
    {
        var options = new Pix2PixOptions
        {
            Generator = new() { Width = Side, Height = Side, Filters = 2 },
            Discriminator = new() { Filters = 2 },
            Training = new() { Epochs = 2, BatchSize = 2, Seed = 7, Threads = 1 },
            Checkpoints = checkpoints is null ? null : new() { Folder = checkpoints },
        };
        var rows = Enumerable.Range(0, 2).Select(i => new Row { Input = Image(i), Target = Image(i + 2) });
        return mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(mlContext.Data.LoadFromEnumerable(rows));
    }

    public static MLImage Image(int seed)
    {
        var pixels = new byte[4 * Side * Side];
        new Random(seed).NextBytes(pixels);
        return MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels);
    }

    private sealed class Row
    {
        [Microsoft.ML.Transforms.Image.ImageType(Side, Side)]
        public required MLImage Input { get; set; }

        [Microsoft.ML.Transforms.Image.ImageType(Side, Side)]
        public required MLImage Target { get; set; }
    }
}

internal static class Original
{
    public static (string Name, byte[] Content)[] Read(params string[] files)
        => [.. files.Select(file => (file, File.ReadAllBytes(PathOf(file))))];

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "originals", file);
}

internal static class Translation
{
    public static string Hash(Pix2PixTransformer model)
    {
        using var input = TinyModel.Image(9);
        using var output = model.Translate(input);
        return Convert.ToHexString(SHA256.HashData(output.Pixels));
    }
}
