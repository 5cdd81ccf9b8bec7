using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Preprocessing;

/// <summary>Defines an image mapping: what is computed, from which column, and into which column.</summary>
/// <param name="Name">The catalog method that created the mapping.</param>
/// <param name="Output">The column of computed images.</param>
/// <param name="Input">The column of images to compute from.</param>
/// <param name="Map">Computes an image from an RGBA image, which it must not modify; thread-safe.</param>
/// <param name="KeepsSize">Whether the computed image has the same size as its source.</param>
internal sealed record ImageMapping(string Name, string Output, string Input, Func<PixelImage, PixelImage> Map, bool KeepsSize)
{
    /// <summary>The verb for error messages about a column.</summary>
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
