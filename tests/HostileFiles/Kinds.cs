using Microsoft.ML;

namespace HostileFiles;

/// <summary>The kinds of files by name.</summary>
internal static class Kinds
{
    // More cases where one takes less time.
    private static readonly (string Name, int Share)[] Weights =
    [
        ("png", 25), ("png-chunks", 5), ("jpeg", 15), ("webp", 10), ("gif", 10), ("bmp", 10), ("list", 7), ("pth", 4), ("pth-entries", 3),
        ("pth-legacy", 3), ("safetensors", 2), ("onnx", 2), ("model.zip", 2), ("model.zip-entries", 1), ("checkpoint", 1),
    ];

    /// <summary>The number of cases of each kind; all of them are of one kind if its name is given.</summary>
    public static IEnumerable<(string Name, int Cases)> Shares(int cases, string? only) => only is null
        ? Weights.Select(kind => (kind.Name, Math.Max(1, cases * kind.Share / Weights.Sum(other => other.Share))))
        : [(only, cases)];

    /// <param name="name">The kind.</param>
    /// <param name="folder">An empty folder for files that belong to the kind.</param>
    public static FileKind Create(string name, string folder) => name switch
    {
        "png" => ImageKind.Png(Model()),
        "png-chunks" => new Rechecked(ImageKind.Png(Model()), Rechecked.PngChunk),
        "jpeg" => ImageKind.Jpeg(Model()),
        "webp" => ImageKind.Webp(Model()),
        "gif" => ImageKind.Gif(Model()),
        "bmp" => ImageKind.Bmp(Model()),
        "list" => new ListKind(folder),
        "pth" => WeightKind.Zipped(),
        "pth-entries" => new Rechecked(WeightKind.Zipped(), Rechecked.ZipEntry),
        "pth-legacy" => WeightKind.Legacy(),
        "safetensors" => WeightKind.SafeTensors(folder),
        "onnx" => new OnnxKind(Model()),
        "model.zip" => new SavedModelKind(Model()),
        "model.zip-entries" => new Rechecked(new SavedModelKind(Model()), Rechecked.ZipEntry),
        "checkpoint" => new CheckpointKind(folder),
        _ => throw new ArgumentException($"'{name}' is not a kind; expected one of {string.Join(", ", Weights.Select(kind => kind.Name))}."),
    };

    private static Pix2Pix.Pix2PixTransformer Model() => TinyModel.Train(new MLContext(), checkpoints: null);
}
