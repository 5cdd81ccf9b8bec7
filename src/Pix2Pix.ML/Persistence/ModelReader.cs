using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Pix2Pix.ML.Inference;
using Pix2Pix.Torch.Onnx;

namespace Pix2Pix.ML.Persistence;

/// <summary>Opens a saved model and puts a <see cref="Pix2PixTransformer"/> where a <see cref="StockChain"/> was.</summary>
internal static class ModelReader
{
    private const string Root = "TransformerChain";

    public static TransformerChain<ITransformer> Load(
        ModelOperationsCatalog catalog, string path, MLContext? mlContext, out DataViewSchema inputSchema)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'; expected a model saved with mlContext.Model.Save.", path);

        using var log = new Pix2PixLog(mlContext, "Loading");
        var gpu = GpuChoice.Of(mlContext);
        try
        {
            var loaded = catalog.Load(path, out inputSchema);
            using var zip = ZipFile.OpenRead(path);
            var found = 0;
            var stages = Replace(loaded, Root, zip, gpu, log, ref found);
            if (found > 0)
                return stages as TransformerChain<ITransformer> ?? new TransformerChain<ITransformer>(stages);

            (loaded as IDisposable)?.Dispose();
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or EndOfStreamException or OnnxRuntimeException)
        {
            throw new InvalidDataException($"'{path}' cannot be read as a saved model; is the file complete? {e.Message}", e);
        }

        throw new InvalidDataException(
            $"'{path}' holds no pix2pix stage; expected a model with one. Open it with mlContext.Model.Load.");
    }

    private static ITransformer Replace(
        ITransformer transformer, string entry, ZipArchive zip, GpuChoice gpu, Pix2PixLog log, ref int found)
    {
        if (transformer is not TransformerChain<ITransformer> chain)
            return transformer;
        if (ReadStage(chain, entry, zip, gpu, log) is { } stage)
        {
            chain.Dispose();
            found++;
            return stage;
        }

        var parts = chain.ToArray();
        for (var i = 0; i < parts.Length; i++)
            parts[i] = Replace(parts[i], $"{entry}/Transform_{i:000}", zip, gpu, log, ref found);
        return new TransformerChain<ITransformer>(parts);
    }

    private static Pix2PixTransformer? ReadStage(
        TransformerChain<ITransformer> chain, string entry, ZipArchive zip, GpuChoice gpu, Pix2PixLog log)
    {
        var name = $"{entry}/Transform_{StockChain.OnnxIndex:000}/OnnxModel";
        // ML.NET writes entries with the separator of the system that saved the model.
        var file = zip.GetEntry(name) ?? zip.GetEntry(name.Replace('/', '\\'));
        if (chain.Count() != StockChain.Length || file is null)
            return null;

        var model = ReadModel(file);
        if (!IsOurs(model))
            return null;
        var generator = new OnnxGenerator(model, gpu, log);
        return new Pix2PixTransformer(generator, OptionsJson.Read<StageColumns>(generator.Metadata[StageColumns.Key]));
    }

    // The entry is a length (int32, little endian) and the bytes of the ONNX file.
    private static byte[] ReadModel(ZipArchiveEntry entry)
    {
        using var reader = new BinaryReader(entry.Open());
        var length = reader.ReadInt32();
        if (length != entry.Length - sizeof(int))
            throw new InvalidDataException($"'{entry.FullName}' says it holds {length} bytes, but has {entry.Length - sizeof(int)}.");
        return reader.ReadBytes(length);
    }

    // Without opening a session: the key stands in plain bytes at the end of the file.
    private static bool IsOurs(ReadOnlySpan<byte> model) => model.LastIndexOf("pix2pix.columns"u8) >= 0;
}
