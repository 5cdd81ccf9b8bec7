using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Preprocessing;

/// <summary>What is computed, from which column, and into which.</summary>
/// <param name="Name">The method of the catalog that it came from.</param>
/// <param name="Output">The column of computed images.</param>
/// <param name="Input">The column of images to compute from.</param>
/// <param name="Map">Computes an image of an RGBA one, which it may not change; thread-safe.</param>
/// <param name="KeepsSize">Whether an image has the size of the one it is computed from.</param>
internal sealed record ImageMapping(string Name, string Output, string Input, Func<PixelImage, PixelImage> Map, bool KeepsSize)
{
    /// <summary>What is done with images, in an error about a column.</summary>
    public string Verb => $"computes '{Output}' from";

    /// <summary>The computed images of a row or cursor.</summary>
    public RowImages Of(DataViewRow row, ComputedSchema schema) => new(row, schema.InputColumn, Apply);

    private MLImage Apply(MLImage image)
    {
        var computed = Map(PixelLayout.ToRgba(image))
            ?? throw new InvalidOperationException($"{Name} for column '{Output}' gave null; expected an image.");
        return NativePressure.Of(PixelLayout.FromPixels(computed));
    }
}
