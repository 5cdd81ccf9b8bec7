using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
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
    private readonly LightModel _light;
    private readonly string _root;
    private readonly HashSet<string> _candidates; // chains that may be stages

    /// <exception cref="InvalidDataException">
    /// The file is damaged, contains no stage, or contains too much data besides its stages.
    /// </exception>
    private ModelReader(ZipArchive zip, long length, string temporary, OpenOptions options, SizingOptions? sizing, Pix2PixLog log)
    {
        // A model that was saved with its data loader is a chain within a chain; ML.NET returns the inner one.
        _root = zip.Entry("Loader/Model.key") is null ? Root : $"{Root}/Transform_000";
        _candidates = StockPipelineWriter.Candidates(zip.Entries.Select(entry => entry.FullName));
        Check(zip, length);
        _light = new LightModel(temporary, zip.Entries.Sum(entry => (double)entry.Length));
        try
        {
            foreach (var entry in zip.Entries)
                Copy(entry, options, sizing, log);
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
        if (InputFile.Length(path, "a model saved with mlContext.Model.Save") == 0)
        {
            throw new InvalidDataException(
                $"'{path}' has no content, as after a save that failed for lack of disk space or of a temporary folder; pipes and devices " +
                "are not supported. Save the model again.");
        }

        using var log = new Pix2PixLog(mlContext, "Loading");
        var gpu = GpuChoice.Of(mlContext).Or(execution);
        OnnxSession.Require(gpu);
        var temporary = TemporaryFolder.Usable(mlContext.TempFilePath, Path.GetDirectoryName(Path.GetFullPath(path))!)
            ?? throw new IOException(
                $"'{path}' cannot be loaded: ML.NET needs a temporary folder to load any model, but files cannot be created in " +
                $"'{mlContext.TempFilePath}': {TemporaryFolder.Problem(mlContext.TempFilePath)} Set mlContext.TempFilePath to a folder " +
                "that is writable.");
        using var reader = Open(path, temporary, new OpenOptions(gpu, execution, SizingOptions.Default), sizing, log);
        return reader.ReplaceAll(reader.LoadStock(mlContext, path, out inputSchema), path);
    }

    /// <summary>Loads the only pix2pix stage of a model and disposes of all other stages.</summary>
    public static Pix2PixTransformer LoadSingle(MLContext mlContext, string path, ExecutionOptions execution, SizingOptions? sizing)
    {
        var chain = Load(mlContext, path, execution, sizing, out _);
        var stages = Stages(chain).ToLookup(stage => stage is Pix2PixTransformer);
        Pix2PixTransformer[] networks = [.. stages[true].Cast<Pix2PixTransformer>()];
        if (networks is not [var single])
        {
            chain.Dispose();
            throw new InvalidDataException(
                $"'{path}' contains several pix2pix stages ({string.Join(", ", networks.Select(Name))}); expected one. Load it with " +
                "LoadModel.");
        }

        foreach (var other in stages[false].OfType<IDisposable>())
            other.Dispose();
        return single;

        static IEnumerable<ITransformer> Stages(ITransformer transformer)
            => transformer is TransformerChain<ITransformer> chain ? chain.SelectMany(Stages) : [transformer];

        static string Name(Pix2PixTransformer stage) => $"'{stage.InputColumnName}' to '{stage.OutputColumnName}'";
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

    private static ModelReader Open(string path, string temporary, OpenOptions options, SizingOptions? sizing, Pix2PixLog log)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (GitLfsPointer.Problem(file) is { } problem)
                throw new InvalidDataException(problem);
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            return new ModelReader(zip, file.Length, temporary, options, sizing, log);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Unreadable(path, e);
        }
        catch (IOException e)
        {
            throw new IOException($"'{path}' cannot be loaded: {e.Message}", e);
        }
    }

    private static InvalidDataException Unreadable(string path, Exception e)
        => new($"'{path}' cannot be read as a saved model with a pix2pix stage: {e.Message}", e);

    // Nothing is copied before, because the file may be anything, such as a data set.
    private void Check(ZipArchive zip, long length)
    {
        if (_candidates.Count == 0)
            throw NoStage();
        ModelArchive.Check(zip, length);
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

    private void Copy(ZipArchiveEntry entry, OpenOptions options, SizingOptions? sizing, Pix2PixLog log)
    {
        if (entry.FullName[^1] is '/' or '\\')
            return; // archiving programs add entries for folders
        if (!PipelineEntry.IsNetwork(entry.FullName))
        {
            _light.Add(entry);
            return;
        }

        var model = PipelineEntry.ReadModel(entry);
        if (ChainOf(entry) is { } chain && PipelineEntry.Read(model, options, sizing, log) is { } stage)
        {
            _stages.Add(chain, stage);
            _light.AddStandIn(entry.FullName, stage.Shape);
        }
        else
        {
            _light.AddNetwork(entry.FullName, model);
        }
    }

    private ITransformer LoadStock(MLContext mlContext, string path, out DataViewSchema inputSchema)
    {
        try
        {
            return _light.Load(mlContext, out inputSchema);
        }
        // The exception that ML.NET throws for a damaged file depends on the location of the damage; it is wrapped once for each enclosing
        // stage.
        catch (Exception e)
        {
            throw Unreadable(path, e.GetBaseException());
        }
    }

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
