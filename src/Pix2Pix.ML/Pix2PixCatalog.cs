using Microsoft.ML.Data;
using Pix2Pix;
using Pix2Pix.ML;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Persistence;

// Declared in ML.NET's namespace, so that "using Microsoft.ML" is enough to find these methods.
namespace Microsoft.ML;

/// <summary>Extension methods that add pix2pix to ML.NET.</summary>
public static class Pix2PixCatalog
{
    extension(MLContext mlContext)
    {
        /// <summary>
        /// Gets the catalog that evaluates image translations: <see cref="ImageTranslationCatalog.Evaluate"/>, as in ML.NET's own catalogs.
        /// Training and translation are under <see cref="MLContext.Transforms"/>.
        /// </summary>
        public ImageTranslationCatalog ImageTranslation => new(mlContext);
    }

    /// <summary>Trains on pairs of images to translate one into the other (Isola et al. 2017), and translates a column of images.</summary>
    /// <remarks>
    /// Transparency is ignored in training and in translation unless the generator uses <see cref="Pix2Pix.ImageChannels.Rgba"/>. ML.NET
    /// multiplies colors by alpha when it decodes a file and divides by alpha when it saves one, so transparent pixels are black. Composite
    /// such images over a background first, or use a generator with an alpha channel.
    /// </remarks>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of translated images. Their size depends on the options' Sizing.</param>
    /// <param name="inputColumnName">The column of images to translate, of any size.</param>
    /// <param name="targetColumnName">The column of target images. Not needed after Fit.</param>
    /// <param name="options">The options; the paper's settings if null.</param>
    /// <param name="mlContext">
    /// Provides the log, the seed if the options have none, and GpuDeviceId and FallbackToCpu if the options name no device. ML.NET does
    /// not expose a catalog's MLContext, so pass it here.
    /// </param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static Pix2PixEstimator Pix2Pix(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        string targetColumnName,
        Pix2PixOptions? options = null,
        MLContext? mlContext = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new Pix2PixEstimator(
            outputColumnName, PairColumns.Two(inputColumnName, targetColumnName), options ?? Pix2PixOptions.Default, mlContext);
    }

    /// <summary>Trains as Pix2Pix does, on images that contain both images of a pair side by side, as in the public data sets.</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of translated images. Their size depends on the options' Sizing.</param>
    /// <param name="inputColumnName">
    /// The column of images to translate. Fit does not need it, but an estimator chain does, because it translates its training rows.
    /// </param>
    /// <param name="pairColumnName">The column of images that contain both halves. Not needed after Fit.</param>
    /// <param name="inputSide">The half that is the input.</param>
    /// <param name="options">The options; the paper's settings if null.</param>
    /// <param name="mlContext">See Pix2Pix.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static Pix2PixEstimator Pix2PixSideBySide(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        string pairColumnName,
        PairSide inputSide = PairSide.Left,
        Pix2PixOptions? options = null,
        MLContext? mlContext = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new Pix2PixEstimator(
            outputColumnName,
            PairColumns.SideBySide(inputColumnName, pairColumnName, inputSide),
            options ?? Pix2PixOptions.Default,
            mlContext);
    }

    /// <summary>
    /// Translates a column of images with an ONNX model: one that this library wrote, or any model that maps an image to another of the
    /// same size.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of translated images.</param>
    /// <param name="inputColumnName">The column of images to translate, of any size.</param>
    /// <param name="modelFile">The ONNX file; its weights may be in files beside it.</param>
    /// <param name="options">What the model does not specify itself; null for a model that this library wrote.</param>
    /// <param name="mlContext">Provides the log and the device to translate on.</param>
    /// <param name="sizing">How images of another size than the model's are handled; resized to the model's size if null.</param>
    /// <param name="execution">Batches and threads; the defaults if null.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static Pix2PixModelEstimator ApplyPix2PixModel(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        string modelFile,
        ImageModelOptions? options = null,
        MLContext? mlContext = null,
        SizingOptions? sizing = null,
        ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new Pix2PixModelEstimator(
            new StageColumns(inputColumnName, outputColumnName),
            modelFile,
            options ?? ImageModelOptions.Default,
            sizing ?? SizingOptions.Default,
            execution ?? ExecutionOptions.Default,
            mlContext);
    }

    /// <summary>
    /// Opens a model that was saved with <c>mlContext.Model.Save</c> and restores each pix2pix stage as a <see cref="Pix2PixTransformer"/>.
    /// The stock <c>mlContext.Model.Load</c> opens the same file without this package: same pixels, slower.
    /// </summary>
    /// <param name="catalog">The model catalog.</param>
    /// <param name="filePath">The zip file.</param>
    /// <param name="inputSchema">The schema that was saved with the model; ML.NET leaves image columns out of it.</param>
    /// <param name="mlContext">Provides the log and the device to translate on.</param>
    /// <param name="execution">Batches and threads of the translation; the defaults if null.</param>
    /// <param name="sizing">How images of another size than the model's are handled; as saved if null.</param>
    /// <returns>The stages in order; dispose of the chain when done.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or contains no pix2pix stage.</exception>
    /// <exception cref="ArgumentException">
    /// A model does not accept the image sizes that the sizing requires, or batches of this size.
    /// </exception>
    /// <exception cref="InvalidOperationException">The GPU or ONNX Runtime's native library is not available.</exception>
    public static TransformerChain<ITransformer> LoadPix2Pix(
        this ModelOperationsCatalog catalog,
        string filePath,
        out DataViewSchema inputSchema,
        MLContext? mlContext = null,
        ExecutionOptions? execution = null,
        SizingOptions? sizing = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return ModelReader.Load(catalog, filePath, mlContext, execution ?? ExecutionOptions.Default, sizing, out inputSchema);
    }
}
