using Microsoft.ML;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Evaluation;

namespace Pix2Pix.ML;

/// <summary>How good translations of images are, as ML.NET's catalogs have it for other tasks. Thread-safe.</summary>
public sealed class ImageTranslationCatalog
{
    private readonly MLContext _mlContext;

    internal ImageTranslationCatalog(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        _mlContext = mlContext;
    }

    /// <summary>Compares a column of translations with the column of the images that they should be.</summary>
    /// <remarks>
    /// The rows are read once, in order, on one thread, and compared on others: some batches of rows are in memory, however many there are.
    /// Images stay with the view; text columns name their rows. Alpha is ignored. The scores do not depend on the number of threads. A line
    /// goes to <c>mlContext.Log</c>. Where the palette is to be found, the targets are read twice.
    /// </remarks>
    /// <param name="data">The rows; two columns of <see cref="Microsoft.ML.Data.MLImage"/>.</param>
    /// <param name="translationColumnName">The images to judge.</param>
    /// <param name="targetColumnName">What they should be: in each row of the same size.</param>
    /// <param name="options">What to compute; the defaults where null.</param>
    /// <param name="progress">Told of every some rows, on the calling thread.</param>
    /// <param name="cancel">Ends it with an <see cref="OperationCanceledException"/>. Nothing is written then.</param>
    /// <exception cref="ArgumentException">
    /// A column is missing or holds no images; options contradict each other; or the targets are no label maps and the palette was to be
    /// found in them.
    /// </exception>
    /// <exception cref="PairDataException">
    /// There are no rows, or images are null, unreadable or of two sizes: all such rows are named, or the first hundred where no row before
    /// them is any better; or there is one row for a feature network.
    /// </exception>
    /// <exception cref="InvalidDataException">The feature network is not one that can be used.</exception>
    /// <exception cref="FileNotFoundException">There is no file of the feature network.</exception>
    /// <exception cref="IOException">The comparison page cannot be written, or the feature network's file cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The context asks for a GPU that the feature network cannot have.</exception>
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
