using System.IO.Compression;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Pix2Pix.ML.Inference;

namespace Pix2Pix.ML.Persistence;

/// <summary>Opens a saved model and puts a <see cref="Pix2PixTransformer"/> where a <see cref="StockChain"/> was.</summary>
internal sealed class ModelReader
{
    private const string Root = "TransformerChain";

    private readonly ZipArchive _zip;
    private readonly OpenOptions _options;
    private readonly Pix2PixLog _log;
    private readonly List<Pix2PixTransformer> _found = [];

    private ModelReader(ZipArchive zip, OpenOptions options, Pix2PixLog log)
    {
        _zip = zip;
        _options = options;
        _log = log;
    }

    public static TransformerChain<ITransformer> Load(
        ModelOperationsCatalog catalog, string path, MLContext? mlContext, ExecutionOptions execution, out DataViewSchema inputSchema)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'; expected a model saved with mlContext.Model.Save.", path);

        using var log = new Pix2PixLog(mlContext, "Loading");
        var gpu = GpuChoice.Of(mlContext);
        OnnxSession.Require(gpu);
        var loaded = LoadStock(catalog, path, out inputSchema);
        try
        {
            using var zip = ZipFile.OpenRead(path);
            if (new ModelReader(zip, new OpenOptions(gpu, execution, SizingOptions.Default), log).Replace(loaded) is { } stages)
                return stages;
        }
        // What the options in it say may be what the model cannot do.
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            (loaded as IDisposable)?.Dispose();
            throw Damaged(path, e);
        }
        catch
        {
            (loaded as IDisposable)?.Dispose();
            throw;
        }

        (loaded as IDisposable)?.Dispose();
        throw new InvalidDataException(
            $"'{path}' holds no pix2pix stage; expected a model with one. Open it with mlContext.Model.Load.");
    }

    private static ITransformer LoadStock(ModelOperationsCatalog catalog, string path, out DataViewSchema inputSchema)
    {
        try
        {
            try
            {
                return catalog.Load(path, out inputSchema);
            }
            // The stock ONNX stage, which is replaced here anyway, goes where the catalog's context says; and where that is a GPU that
            // is not there, it does not fall back.
            catch (Exception e) when (Cause(e) is EntryPointNotFoundException or DllNotFoundException or OnnxRuntimeException)
            {
                return new MLContext().Model.Load(path, out inputSchema);
            }
        }
        // What ML.NET throws for a damaged file depends on where the damage is; a file that may not be opened says so by itself.
        catch (Exception e) when (e is not UnauthorizedAccessException)
        {
            throw Damaged(path, e);
        }
    }

    private static Exception Cause(Exception e)
    {
        while (e is TargetInvocationException { InnerException: { } inner })
            e = inner;
        return e;
    }

    private static InvalidDataException Damaged(string path, Exception e)
        => new($"'{path}' cannot be read as a saved model; is the file complete? {Cause(e).Message}", e);

    /// <summary>The model with its stages replaced, or null where none is a pix2pix stage.</summary>
    private TransformerChain<ITransformer>? Replace(ITransformer loaded)
    {
        // A model that was saved with its data loader is a chain in a chain, of which ML.NET returns the inner one.
        var root = _zip.Entry("Loader/Model.key") is null ? Root : $"{Root}/Transform_000";
        try
        {
            var stages = Replace(loaded, root);
            return _found.Count == 0 ? null : stages as TransformerChain<ITransformer> ?? new TransformerChain<ITransformer>(stages);
        }
        catch
        {
            _found.ForEach(stage => stage.Dispose());
            throw;
        }
    }

    private ITransformer Replace(ITransformer transformer, string entry)
    {
        if (transformer is not TransformerChain<ITransformer> chain)
            return transformer;
        if (chain.Count() == StockChain.Length && _zip.Entry(StockChain.OnnxEntry(entry)) is { } file
            && StageFile.Read(file, _options, _log) is { } stage)
        {
            _found.Add(stage);
            chain.Dispose();
            return stage;
        }

        return new TransformerChain<ITransformer>([.. chain.Select((part, i) => Replace(part, $"{entry}/Transform_{i:000}"))]);
    }
}
