using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Pix2Pix.ML.Inference;

namespace Pix2Pix.ML.Persistence;

/// <summary>
/// Opens a saved model and replaces each <see cref="StockPipelineWriter"/> stage with a <see cref="Pix2PixTransformer"/>.
/// </summary>
/// <remarks>
/// ML.NET loads a copy of the model that contains small stand-in networks. Otherwise each network would be in memory twice, and more often
/// while both are opened.
/// </remarks>
internal sealed class ModelReader : IDisposable
{
    private const string Root = "TransformerChain";

    private readonly Dictionary<string, Pix2PixTransformer> _stages = []; // keyed by the archive entry of their chain
    private readonly HashSet<string> _placed = [];
    private readonly MemoryStream _light = new();
    private readonly string _root;
    private readonly HashSet<string> _candidates; // chains that may be stages

    /// <exception cref="InvalidDataException">
    /// The file is damaged, contains no stage, or contains too much data besides its stages.
    /// </exception>
    private ModelReader(ZipArchive zip, OpenOptions options, SizingOptions? sizing, Pix2PixLog log)
    {
        // A model that was saved with its data loader is a chain within a chain; ML.NET returns the inner one.
        _root = zip.Entry("Loader/Model.key") is null ? Root : $"{Root}/Transform_000";
        _candidates = StockPipelineWriter.Candidates(zip.Entries.Select(entry => entry.FullName));
        CheckLengths(zip);
        try
        {
            using var light = new ZipArchive(_light, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var entry in zip.Entries)
                Copy(entry, light, options, sizing, log);
            if (_stages.Count == 0)
                throw NoStage();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public static TransformerChain<ITransformer> Load(
        MLContext mlContext,
        string path,
        ExecutionOptions execution,
        SizingOptions? sizing,
        out DataViewSchema inputSchema)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"The file '{path}' does not exist; expected a model saved with mlContext.Model.Save.", path);

        using var log = new Pix2PixLog(mlContext, "Loading");
        var gpu = GpuChoice.Of(mlContext).Or(execution);
        OnnxSession.Require(gpu);
        using var reader = Open(path, new OpenOptions(gpu, execution, SizingOptions.Default), sizing, log);
        return reader.ReplaceAll(reader.LoadStock(mlContext.Model, path, out inputSchema), path);
    }

    /// <summary>Disposes of the stages that are not part of any chain.</summary>
    public void Dispose()
    {
        _light.Dispose();
        foreach (var (entry, stage) in _stages)
        {
            if (!_placed.Contains(entry))
                stage.Dispose();
        }
    }

    private static ModelReader Open(string path, OpenOptions options, SizingOptions? sizing, Pix2PixLog log)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return new ModelReader(zip, options, sizing, log);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Unreadable(path, e);
        }
    }

    private static InvalidDataException Unreadable(string path, Exception e)
        => new($"'{path}' cannot be read as a saved model with a pix2pix stage: {e.Message}", e);

    // Checked before anything is copied, because the file may be anything, such as a data set.
    private void CheckLengths(ZipArchive zip)
    {
        if (_candidates.Count == 0)
            throw NoStage();
        var others = zip.Entries.Where(entry => ChainOf(entry) is null).Sum(entry => (double)entry.Length);
        if (others > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"It contains {others:#,0} bytes besides its networks; expected at most {Array.MaxLength:#,0}. Load it with " +
                "mlContext.Model.Load.");
        }
    }

    private static InvalidDataException NoStage()
        => new("It contains no pix2pix stage. Load other models with mlContext.Model.Load.");

    /// <summary>The chain whose network an entry may contain, or null.</summary>
    private string? ChainOf(ZipArchiveEntry entry)
        => StockPipelineWriter.ChainOf(entry.FullName) is { } chain && _candidates.Contains(chain) ? chain : null;

    private void Copy(ZipArchiveEntry entry, ZipArchive light, OpenOptions options, SizingOptions? sizing, Pix2PixLog log)
    {
        if (ChainOf(entry) is { } chain && PipelineEntry.Read(entry, options, sizing, log) is { } stage)
        {
            if (!_stages.TryAdd(chain, stage))
            {
                stage.Dispose();
                throw new InvalidDataException($"It contains the entry '{entry.FullName}' twice.");
            }

            using var standIn = light.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
            PipelineEntry.WriteStandIn(stage.Shape, standIn);
            return;
        }

        using var from = entry.Open();
        using var to = light.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
        from.CopyTo(to);
    }

    private ITransformer LoadStock(ModelOperationsCatalog catalog, string path, out DataViewSchema inputSchema)
    {
        try
        {
            try
            {
                return catalog.Load(Light(), out inputSchema);
            }
            // ML.NET's ONNX transform uses the device of the catalog's context and does not fall back if that is a GPU that is not
            // available.
            catch (Exception e) when (e.GetBaseException() is EntryPointNotFoundException or DllNotFoundException or OnnxRuntimeException)
            {
                return new MLContext().Model.Load(Light(), out inputSchema);
            }
        }
        // The exception that ML.NET throws for a damaged file depends on the location of the damage; it is wrapped once for each enclosing
        // stage.
        catch (Exception e)
        {
            throw Unreadable(path, e.GetBaseException());
        }
    }

    private MemoryStream Light() => new(_light.GetBuffer(), 0, (int)_light.Length, writable: false);

    private TransformerChain<ITransformer> ReplaceAll(ITransformer loaded, string path)
    {
        var stages = Replace(loaded, _root);
        return _placed.Count == _stages.Count
            ? stages as TransformerChain<ITransformer> ?? new TransformerChain<ITransformer>(stages)
            : throw Misplaced(stages, path);
    }

    private static InvalidDataException Misplaced(ITransformer stages, string path)
    {
        (stages as IDisposable)?.Dispose();
        return Unreadable(path, new InvalidDataException("It contains a pix2pix stage that does not belong to any transformer of the " +
            "model."));
    }

    private ITransformer Replace(ITransformer transformer, string entry)
    {
        if (transformer is not TransformerChain<ITransformer> chain)
            return transformer;
        if (_stages.TryGetValue(entry, out var stage) && StockPipelineWriter.IsStage(chain))
        {
            _placed.Add(entry);
            chain.Dispose();
            return stage;
        }

        return new TransformerChain<ITransformer>([.. chain.Select((part, i) => Replace(part, $"{entry}/Transform_{i:000}"))]);
    }
}
