using Pix2Pix;
using Pix2Pix.ML;

// Declared in ML.NET's namespace, so that "using Microsoft.ML" is enough to find these methods.
namespace Microsoft.ML;

/// <summary>Extension members that add pix2pix to ML.NET.</summary>
public static class Pix2PixCatalog
{
    extension(MLContext mlContext)
    {
        /// <summary>
        /// Gets the catalog of image translation: it loads pairs, trains, opens models and evaluates translations, as ML.NET's own catalogs
        /// do for other tasks.
        /// </summary>
        public ImageTranslationCatalog ImageTranslation => new(mlContext);
    }

    /// <summary>Same as <see cref="ImageTranslationCatalog.Pix2Pix"/>, beside ML.NET's other transforms.</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="mlContext">
    /// Provides the log, the seed if the options have none, and GpuDeviceId and FallbackToCpu if the options name no device. ML.NET does
    /// not expose a catalog's MLContext, so pass it here.
    /// </param>
    /// <param name="outputColumnName">The column of translated images. Their size depends on the options' Sizing.</param>
    /// <param name="inputColumnName">The column of images to translate, of any size.</param>
    /// <param name="targetColumnName">The column of target images. Not needed after Fit.</param>
    /// <param name="options">The options; the paper's settings if null.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static Pix2PixEstimator Pix2Pix(
        this TransformsCatalog catalog,
        MLContext mlContext,
        string outputColumnName,
        string inputColumnName,
        string targetColumnName,
        Pix2PixOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return mlContext.ImageTranslation.Pix2Pix(outputColumnName, inputColumnName, targetColumnName, options);
    }
}
