using Microsoft.ML;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Evaluation;

namespace Pix2Pix.ML;

/// <summary>Evaluates image translations, like ML.NET's catalogs for other tasks. Thread-safe.</summary>
public sealed class ImageTranslationCatalog
{
    private readonly MLContext _mlContext;

    internal ImageTranslationCatalog(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        _mlContext = mlContext;
    }

    /// <summary>Compares a column of translations with a column of target images.</summary>
    /// <remarks>
    /// The rows are read once, in order, on one thread, and compared on others; only a few batches of rows are in memory at a time. The
    /// view keeps ownership of its images; text columns identify the rows. Alpha is ignored. The scores do not depend on the number of
    /// threads. One line is written to <c>mlContext.Log</c>. If the palette is to be found, the targets are read twice.
    /// </remarks>
    /// <param name="data">The rows; two columns of <see cref="Microsoft.ML.Data.MLImage"/>.</param>
    /// <param name="translationColumnName">The column of translations.</param>
    /// <param name="targetColumnName">The column of targets, in each row of the same size as the translation.</param>
    /// <param name="options">What to compute; the defaults if null.</param>
    /// <param name="progress">Receives a report at intervals of several rows, on the calling thread.</param>
    /// <param name="cancel">Cancels the evaluation with an <see cref="OperationCanceledException"/>. Nothing is written then.</param>
    /// <exception cref="ArgumentException">
    /// A column is missing or does not contain images; options contradict each other; or the targets are not label maps and the palette was
    /// to be found in them.
    /// </exception>
    /// <exception cref="PairDataException">
    /// There are no rows, or images are null, unreadable or of two sizes: all such rows are named, or only the first hundred if no row
    /// before them is valid; or there is only one row for a feature network.
    /// </exception>
    /// <exception cref="InvalidDataException">The feature network is not usable.</exception>
    /// <exception cref="FileNotFoundException">The file of the feature network does not exist.</exception>
    /// <exception cref="IOException">The comparison page cannot be written, or the feature network's file cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The context requests a GPU that is not available to the feature network.</exception>
    public ImageTranslationMetrics Evaluate(
        IDataView data,
        string translationColumnName = "Output",
        string targetColumnName = "Target",
        EvaluationOptions? options = null,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var columns = PairColumns.Two(translationColumnName, targetColumnName);
        using var run = new EvaluationRun(data, columns, options ?? EvaluationOptions.Default, _mlContext);
        return run.Evaluate(progress, cancel);
    }
}
