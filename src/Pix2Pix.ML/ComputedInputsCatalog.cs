using Pix2Pix;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Preprocessing;

// Declared in ML.NET's namespace, so that "using Microsoft.ML" is enough to find these methods.
namespace Microsoft.ML;

/// <summary>
/// Extension methods that compute inputs from photographs, so that no pairs need to be collected: append one before Pix2Pix, with the
/// photograph as the target. Images can have any size; computed images have the size of the photograph and are opaque if it has no alpha.
/// </summary>
/// <remarks>These stages are not saved: a saved model can be opened in applications that do not have this package.</remarks>
public static class ComputedInputsCatalog
{
    /// <summary>
    /// Draws the edges of a photograph (Canny 1986): black lines, one pixel wide, on white, the same bytes on every platform.
    /// </summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of drawings.</param>
    /// <param name="inputColumnName">The column of photographs.</param>
    /// <param name="options">How edges are found; the defaults if null.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static IEstimator<ITransformer> DrawEdges(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, EdgeOptions? options = null)
        => New(catalog, nameof(DrawEdges), outputColumnName, inputColumnName, photo => EdgeDrawing.Draw(photo, options));

    /// <summary>Blanks out blocks of a photograph, to train inpainting.</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of images with blanked blocks.</param>
    /// <param name="inputColumnName">The column of photographs.</param>
    /// <param name="options">The number, size and position of the blocks; the defaults if null.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static IEstimator<ITransformer> BlankBlocks(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, BlankOptions? options = null)
        => New(catalog, nameof(BlankBlocks), outputColumnName, inputColumnName, photo => Blanking.Blank(photo, options));

    /// <summary>Removes the details of a photograph, to train super-resolution.</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of images without details.</param>
    /// <param name="inputColumnName">The column of photographs.</param>
    /// <param name="options">The factor, and how images are enlarged again; the defaults if null.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static IEstimator<ITransformer> LowerResolution(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, LowResolutionOptions? options = null)
        => New(catalog, nameof(LowerResolution), outputColumnName, inputColumnName, photo => LowResolution.Lower(photo, options));

    /// <summary>Computes images with a custom function.</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of computed images.</param>
    /// <param name="inputColumnName">The column of images to compute from.</param>
    /// <param name="map">
    /// Converts a gray, RGB or RGBA image of any size to an RGBA image whose colors are multiplied by alpha. It is called concurrently from
    /// several threads, and again in each pass over the rows: it must return the same image for the same input and must not modify its
    /// input.
    /// </param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static IEstimator<ITransformer> MapImages(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, Func<PixelImage, PixelImage> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return New(catalog, nameof(MapImages), outputColumnName, inputColumnName, map, keepsSize: false);
    }

    private static ImageMappingEstimator New(
        TransformsCatalog catalog, string name, string output, string input, Func<PixelImage, PixelImage> map, bool keepsSize = true)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ImageMappingEstimator(name, output, input, map, keepsSize);
    }
}
