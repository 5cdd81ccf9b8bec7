using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Columns;

/// <summary>Computes an image of the row when it is requested. Null stays null.</summary>
internal sealed class RowImages : IRowImages
{
    private readonly ValueGetter<MLImage> _image;
    private readonly Func<MLImage, MLImage> _compute;
    private readonly IDisposable? _owned;

    // ML.NET's loaders dispose of an image that is passed back to them. A new variable for each row would leave decoded images to the
    // garbage collector, which does not see their native memory.
    private MLImage? _source;

    /// <param name="source">The source row.</param>
    /// <param name="column">The image column.</param>
    /// <param name="compute">Computes a new image from a source image.</param>
    /// <param name="owned">The resource used for the computation, if it must be disposed of.</param>
    public RowImages(DataViewRow source, DataViewSchema.Column column, Func<MLImage, MLImage> compute, IDisposable? owned = null)
    {
        _image = source.GetGetter<MLImage>(column);
        (_compute, _owned) = (compute, owned);
    }

    public MLImage? Current()
    {
        _image(ref _source!);
        return _source is null ? null : _compute(_source);
    }

    public void Dispose() => _owned?.Dispose();
}
