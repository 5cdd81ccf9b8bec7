using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;
using Microsoft.ML.Transforms.Onnx;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Inference;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Persistence;

/// <summary>
/// Saves a pix2pix stage as ML.NET's built-in transforms. Any application can open it with <c>mlContext.Model.Load</c>, without this
/// package, and gets the same pixels.
/// </summary>
/// <remarks>
/// *** File format *** In the zip archive, a stage is a chain of five transforms: ResizeImages, ExtractPixels, ApplyOnnxModel,
/// ConvertToImage, DropColumns. The third contains the ONNX model in its entry OnnxModel, with the stage's columns under "pix2pix.columns"
/// in metadata_props. It reads only the images among the model's outputs.
/// </remarks>
internal static class StockPipelineWriter
{
    /// <summary>The location of the ONNX model: the third of the five transforms.</summary>
    private const string OnnxEntry = "/Transform_002/OnnxModel";

    /// <summary>The number of transforms in a stage.</summary>
    private const int Length = 5;

    private const string Resized = "pix2pix_resized";

    /// <summary>Columns that are created and dropped inside a chain.</summary>
    private static readonly string[] Temporary = [Resized, OnnxNames.Input, OnnxNames.Output];

    /// <summary>Rejects columns that have the name of a temporary column, because they would be dropped with it.</summary>
    /// <exception cref="ArgumentException">A column has such a name, or no name.</exception>
    public static void CheckNames(StageColumns columns)
    {
        CheckName(columns.Output, "outputColumnName");
        CheckName(columns.Input, "inputColumnName");
    }

    /// <summary>
    /// The archive entry of the chain whose ONNX model may be in the given entry, or null. ML.NET writes the path separators of the saving
    /// system.
    /// </summary>
    public static string? ChainOf(string entry)
        => entry.Replace('\\', '/') is var name && name.EndsWith(OnnxEntry, StringComparison.Ordinal) ? name[..^OnnxEntry.Length] : null;

    /// <summary>
    /// The chains in an archive that contain an ONNX model at the same location as a stage and have the same number of transforms.
    /// </summary>
    public static HashSet<string> Candidates(IEnumerable<string> entries)
    {
        string[] names = [.. entries.Select(entry => entry.Replace('\\', '/'))];
        var chains = names.Select(ChainOf).OfType<string>().ToHashSet();
        var transforms = names.SelectMany(name => Transforms(name, chains)).Distinct().CountBy(transform => transform.Chain).ToDictionary();
        return [.. chains.Where(chain => transforms[chain] == Length)];
    }

    // The transforms that an entry is part of, in each of the chains that enclose it.
    private static IEnumerable<(string Chain, string Name)> Transforms(string entry, HashSet<string> chains)
    {
        const string Prefix = "/Transform_";
        for (var at = entry.IndexOf(Prefix, StringComparison.Ordinal); at >= 0; at = entry.IndexOf(Prefix, at + 1, StringComparison.Ordinal))
        {
            if (chains.Contains(entry[..at]))
                yield return (entry[..at], entry[(at + 1)..].Split('/')[0]);
        }
    }

    /// <summary>Whether a chain consists of the five transforms that a stage is saved as.</summary>
    public static bool IsStage(IEnumerable<ITransformer> chain) => chain.ToArray() is
    [
        ImageResizingTransformer, ImagePixelExtractingTransformer, OnnxTransformer, VectorToImageConvertingTransformer, ColumnSelectingTransformer,
    ];

    /// <summary>Saves a stage into an ML.NET model.</summary>
    public static void Save(ModelSaveContext context, OnnxGenerator generator, StageColumns columns)
    {
        var folder = TemporaryFolder.Usable(Path.GetTempPath(), Environment.CurrentDirectory) ?? Path.GetTempPath();
        var path = Path.Combine(folder, $"pix2pix-{Environment.ProcessId}-{Guid.NewGuid():N}.onnx");
        try
        {
            WriteModel(path, generator, columns);
            // A separate context is used because the caller's may request a GPU that this machine does not have.
            using var chain = Build(new MLContext(), path, generator, columns).Fit(ImageFileView.Of(columns.Input, []));
            ((ICanSaveModel)chain).Save(context); // reads the ONNX file again
        }
        // ML.NET creates the file before, and completes the archive even after an error.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The model cannot be saved: {e.Message} The file that was being written is incomplete; delete it. If '{folder}' is full, set " +
                "the system's temporary folder (TMPDIR or TMP) and mlContext.TempFilePath to another folder.", e);
        }
        finally
        {
            if (File.Exists(path)) // deleting in a folder that does not exist is an error
                File.Delete(path);
        }
    }

    private static void CheckName(string column, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(column, parameter);
        if (Temporary.Contains(column))
            throw new ArgumentException($"Column name '{column}' is reserved for saved models; choose another name.", parameter);
    }

    private static EstimatorChain<ColumnSelectingTransformer> Build(
        MLContext mlContext, string path, OnnxGenerator generator, StageColumns columns)
    {
        var transforms = mlContext.Transforms;
        return StockResizer.Estimator(mlContext, Resized, columns.Input, generator)
            .Append(transforms.ExtractPixels(
                OnnxNames.Input,
                Resized,
                ImagePixelExtractingEstimator.ColorBits.All,
                ImagePixelExtractingEstimator.ColorsOrder.ABGR,
                interleavePixelColors: true,
                outputAsFloatArray: false))
            .Append(transforms.ApplyOnnxModel(OnnxNames.Output, OnnxNames.Input, path))
            .Append(transforms.ConvertToImage(
                generator.Shape.Height,
                generator.Shape.Width,
                columns.Output,
                OnnxNames.Output,
                ImagePixelExtractingEstimator.ColorBits.All,
                ImagePixelExtractingEstimator.ColorsOrder.ABGR,
                interleavedColors: true))
            .Append(transforms.DropColumns(Temporary));
    }

    private static void WriteModel(string path, OnnxGenerator generator, StageColumns columns)
    {
        using var file = File.Create(path);
        KeyValuePair<string, string>[] metadata =
        [
            new(PipelineEntry.Sizing, OptionsJson.Write(generator.Sizing, MLJson.Default.SizingOptions)),
            new(StageColumns.Key, OptionsJson.Write(columns, MLJson.Default.StageColumns)),
        ];
        OnnxMetadata.Write(generator.Model.Read(), metadata, file);
    }
}
