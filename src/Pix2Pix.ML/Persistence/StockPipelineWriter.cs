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
/// A pix2pix stage in ML.NET's own transforms, which is how it is saved: any application opens it with <c>mlContext.Model.Load</c>,
/// without this package, and gets the same pixels.
/// </summary>
/// <remarks>
/// *** File format *** In the zip a stage is a chain of five: ResizeImages, ExtractPixels, ApplyOnnxModel, ConvertToImage, DropColumns.
/// The third holds the ONNX model in its entry OnnxModel, with the stage's columns under "pix2pix.columns" in metadata_props. Of the
/// model's outputs it reads the images alone.
/// </remarks>
internal static class StockPipelineWriter
{
    /// <summary>Where the ONNX model is: the third of the five.</summary>
    private const string OnnxEntry = "/Transform_002/OnnxModel";

    /// <summary>The transforms of a stage.</summary>
    private const int Length = 5;

    private const string Resized = "pix2pix_resized";

    /// <summary>Columns that come and go inside a chain.</summary>
    private static readonly string[] Temporary = [Resized, OnnxNames.Input, OnnxNames.Output];

    /// <summary>Columns that are named like temporary ones would be dropped with them.</summary>
    /// <exception cref="ArgumentException">They are, or have no name.</exception>
    public static void CheckNames(StageColumns columns)
    {
        CheckName(columns.Output, "outputColumnName");
        CheckName(columns.Input, "inputColumnName");
    }

    /// <summary>
    /// The zip's entry of the chain whose ONNX model may be at this one, or null. ML.NET writes the saving system's separators.
    /// </summary>
    public static string? ChainOf(string entry)
        => entry.Replace('\\', '/') is var name && name.EndsWith(OnnxEntry, StringComparison.Ordinal) ? name[..^OnnxEntry.Length] : null;

    /// <summary>The chains of a zip that have an ONNX model where a stage has it, and as many transforms as one.</summary>
    public static HashSet<string> Candidates(IEnumerable<string> entries)
    {
        string[] names = [.. entries.Select(entry => entry.Replace('\\', '/'))];
        return [.. names.Select(ChainOf).OfType<string>().Where(chain => Transforms(chain) == Length)];

        int Transforms(string chain) => names
            .Where(name => name.StartsWith($"{chain}/Transform_", StringComparison.Ordinal))
            .Select(name => name[(chain.Length + 1)..].Split('/')[0])
            .Distinct()
            .Count();
    }

    /// <summary>Whether a chain is of the five transforms that a stage is saved as.</summary>
    public static bool IsStage(IEnumerable<ITransformer> chain) => chain.ToArray() is
    [
        ImageResizingTransformer, ImagePixelExtractingTransformer, OnnxTransformer, VectorToImageConvertingTransformer, ColumnSelectingTransformer,
    ];

    /// <summary>Saves a stage into an ML.NET model.</summary>
    public static void Save(ModelSaveContext context, OnnxGenerator generator, StageColumns columns)
    {
        var path = Path.Combine(Path.GetTempPath(), $"pix2pix-{Environment.ProcessId}-{Guid.NewGuid():N}.onnx");
        try
        {
            WriteModel(path, generator, columns);
            // A context of its own: the caller's may ask for a GPU that this machine does not have.
            using var chain = Build(new MLContext(), path, generator, columns).Fit(ImageFileView.Of(columns.Input, []));
            ((ICanSaveModel)chain).Save(context); // reads the ONNX file again
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void CheckName(string column, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(column, parameter);
        if (Temporary.Contains(column))
            throw new ArgumentException($"Column name '{column}' stands for a temporary column in saved models; choose another.", parameter);
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
            new(PipelineEntry.Sizing, OptionsJson.Write(generator.Sizing)),
            new(StageColumns.Key, OptionsJson.Write(columns)),
        ];
        OnnxMetadata.Write(generator.Model.Read(), metadata, file);
    }
}
