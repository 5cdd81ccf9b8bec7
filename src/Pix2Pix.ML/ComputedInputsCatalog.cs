using Pix2Pix;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Preprocessing;

// ML.NET's own namespace: who writes "using Microsoft.ML" finds these methods.
namespace Microsoft.ML;

/// <summary>
/// Inputs that are computed from photographs, so that pairs need not be collected: append one before Pix2Pix, and the photograph is the
/// target. Images of any size; the computed ones have the size of the photograph, and are opaque where it has no alpha.
/// </summary>
/// <remarks>These stages are not saved: a saved model opens in applications that do not have this package.</remarks>
public static class ComputedInputsCatalog
{
    /// <summary>Draws the edges of a photograph (Canny 1986): black lines of one pixel on white. See <see cref="EdgeDrawing"/>.</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of drawings.</param>
    /// <param name="inputColumnName">The column of photographs.</param>
    /// <param name="options">How edges are found; the defaults where null.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static ImageMappingEstimator DrawEdges(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, EdgeOptions? options = null)
        => New(catalog, nameof(DrawEdges), outputColumnName, inputColumnName, photo => EdgeDrawing.Draw(photo, options));

    /// <summary>Blanks blocks of a photograph, to learn inpainting. See <see cref="Blanking"/>.</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of images with blocks.</param>
    /// <param name="inputColumnName">The column of photographs.</param>
    /// <param name="options">How many blocks, of what size, and where; the defaults where null.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static ImageMappingEstimator BlankBlocks(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, BlankOptions? options = null)
        => New(catalog, nameof(BlankBlocks), outputColumnName, inputColumnName, photo => Blanking.Blank(photo, options));

    /// <summary>Takes the details out of a photograph, to learn super-resolution. See <see cref="LowResolution"/>.</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of images without details.</param>
    /// <param name="inputColumnName">The column of photographs.</param>
    /// <param name="options">How far, and how images are enlarged again; the defaults where null.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static ImageMappingEstimator LowerResolution(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, LowResolutionOptions? options = null)
        => New(catalog, nameof(LowerResolution), outputColumnName, inputColumnName, photo => LowResolution.Lower(photo, options));

    /// <summary>Computes images by a function of yours.</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="outputColumnName">The column of computed images.</param>
    /// <param name="inputColumnName">The column of images to compute from.</param>
    /// <param name="map">
    /// Gives a gray, RGB or RGBA image of any size for one of RGBA, whose colours are multiplied by alpha. It is called on several threads
    /// at once, and again in each pass over the rows: it must give the same image for the same, and leave the given one as it is.
    /// </param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public static ImageMappingEstimator MapImages(
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
