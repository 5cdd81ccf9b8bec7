using System.Text.Json;
using Pix2Pix.Imaging;
using Pix2Pix.Torch.Tests.Reference;

namespace Pix2Pix.Torch.Tests.Import;

/// <summary>Weights saved by PyTorch, and its output for an image: reference/values/import.json.</summary>
internal sealed class ImportCase
{
    private static readonly JsonElement Json = ReferenceFile.Json("import.json");
    private static readonly byte[] Pictures = File.ReadAllBytes(ReferenceFile.Path("import_pictures.bin"));

    private readonly JsonElement _case;

    public ImportCase(string name) => _case = All.Single(c => NameOf(c) == name);

    public static IEnumerable<string> Names => All.Select(NameOf);

    public string Name => NameOf(_case);

    public string Path => ReferenceFile.Path($"import_{Name}.pth");

    public IEnumerable<NormStatistics> Statistics
        => _case.GetProperty("pictures").EnumerateObject().Select(p => Enum.Parse<NormStatistics>(p.Name, ignoreCase: true));

    /// <summary>The expected options.</summary>
    public GeneratorOptions Options => new()
    {
        Kind = Enum.Parse<GeneratorKind>(_case.GetProperty("kind").GetString()!),
        Width = Number("width", 0),
        Height = Number("height", 0),
        Filters = Number("filters", 0),
        Norm = Enum.Parse<NormKind>(_case.GetProperty("norm").GetString()!, ignoreCase: true),
        Dropout = _case.GetProperty("dropout").GetBoolean(),
        ResidualBlocks = Number("blocks", 9),
        Input = Channels("inputs"),
        Output = Channels("outputs"),
    };

    public PixelImage Input
    {
        get
        {
            var drawing = new ReferenceDrawing((uint)Number("input_seed", 0));
            var image = new PixelImage(Options.Width, Options.Height, Options.InputChannels);
            for (var i = 0; i < image.Pixels.Length; i++)
                image.Pixels[i] = (byte)((drawing.Next() + 1) * 128);
            return image;
        }
    }

    /// <summary>The generator's output image, with interleaved channels.</summary>
    public byte[] Picture(NormStatistics statistics)
    {
        var start = _case.GetProperty("pictures").GetProperty(statistics.ToString().ToLowerInvariant()).GetInt32();
        return Pictures[start..(start + Options.Width * Options.Height * Options.OutputChannels)];
    }

    private static IEnumerable<JsonElement> All => Json.GetProperty("cases").EnumerateArray();

    private static string NameOf(JsonElement json) => json.GetProperty("name").GetString()!;

    private ImageChannels Channels(string name) => Number(name, 3) switch
    {
        1 => ImageChannels.Gray,
        4 => ImageChannels.Rgba,
        _ => ImageChannels.Rgb,
    };

    private int Number(string name, int otherwise) => _case.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;
}
