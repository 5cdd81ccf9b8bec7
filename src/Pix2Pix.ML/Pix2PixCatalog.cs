using Microsoft.ML.Data;
using Pix2Pix;
using Pix2Pix.ML;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Persistence;

// ML.NET's own namespace: who writes "using Microsoft.ML" finds these methods.
namespace Microsoft.ML;

/// <summary>The doors to pix2pix in ML.NET.</summary>
public static class Pix2PixCatalog
{
    extension(MLContext mlContext)
    {
        /// <summary>
        /// How good translations of images are: <see cref="ImageTranslationCatalog.Evaluate"/>, where ML.NET's own catalogs have it too.
        /// The learning and translating is at <see cref="MLContext.Transforms"/>.
        /// </summary>
        public ImageTranslationCatalog ImageTranslation => new(mlContext);
    }

    /// <summary>
    /// Learns from pairs of images to turn one into the other (Isola et al. 2017), and translates a column of images.
    /// </summary>
    /// <remarks>
    /// Transparency is ignored, in training as in translation, unless the generator has
    /// <see cref="Pix2Pix.ImageChannels.Rgba"/>. ML.NET multiplies colours by alpha when it decodes a file, and divides by it
    /// when it saves one: what is transparent is black. Lay such images over a background first, or let the generator see alpha.
    /// </remarks>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of translated images, of the size that the options' Sizing says.</param>
    /// <param name="inputColumnName">The column of images to translate, of any size.</param>
    /// <param name="targetColumnName">The column of images to learn. Not needed after Fit.</param>
    /// <param name="options">Everything else; the paper's settings where null.</param>
    /// <param name="mlContext">
    /// Where to log, the seed where the options have none, and GpuDeviceId and FallbackToCpu where the options name no device. ML.NET
    /// shows a catalog's context to nobody, so it has to be given.
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

    /// <summary>As Pix2Pix, with both images of a pair side by side in one image, as the public data sets have them.</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of translated images, of the size that the options' Sizing says.</param>
    /// <param name="inputColumnName">
    /// The column of images to translate. Not needed in Fit; but a chain, which translates its training rows, does need it.
    /// </param>
    /// <param name="pairColumnName">The column of images that hold the two halves. Not needed after Fit.</param>
    /// <param name="inputSide">The half that is the input.</param>
    /// <param name="options">Everything else; the paper's settings where null.</param>
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
    /// Translates a column of images with an ONNX model: one of this library, or any from one image to another of the same size.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of translated images.</param>
    /// <param name="inputColumnName">The column of images to translate, of any size.</param>
    /// <param name="modelFile">The ONNX file; weights may stand in files beside it.</param>
    /// <param name="options">What the model does not tell of itself; null where it is one of this library.</param>
    /// <param name="mlContext">Where to log, and the device to translate on.</param>
    /// <param name="sizing">What to do with images of another size than the model's; to its size where null.</param>
    /// <param name="execution">Batches and threads; the defaults where null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
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
    /// Opens a model that was saved with <c>mlContext.Model.Save</c>, each pix2pix stage as the <see cref="Pix2PixTransformer"/> that it
    /// was. The stock <c>mlContext.Model.Load</c> opens the same file without this package: same pixels, slower.
    /// </summary>
    /// <param name="catalog">The model catalog.</param>
    /// <param name="filePath">The zip file.</param>
    /// <param name="inputSchema">The schema it was saved with; ML.NET leaves image columns out of it.</param>
    /// <param name="mlContext">Where to log, and the device to translate on.</param>
    /// <param name="execution">Batches and threads of the translation; the defaults where null.</param>
    /// <param name="sizing">What to do with images of another size than the model's; as it was saved where null.</param>
    /// <returns>The stages in order; dispose of the chain when done.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no pix2pix stage.</exception>
    /// <exception cref="ArgumentException">A model does not take images as the sizing needs them, or batches of this size.</exception>
    /// <exception cref="InvalidOperationException">The GPU or ONNX Runtime's native library is not there.</exception>
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
