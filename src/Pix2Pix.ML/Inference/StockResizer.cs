using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// Resizes an image with the same ML.NET transform as the saved pipeline, so that both give the same pixels. Not thread-safe; use one per
/// row or cursor.
/// </summary>
internal sealed class StockResizer : IDisposable
{
    private const string Source = "source";
    private const string Resized = "resized";

    private readonly ImageRow _source;
    private readonly DataViewRow _row;
    private readonly ValueGetter<MLImage> _getter;

    public StockResizer(OnnxGenerator generator)
    {
        var view = ImageFileView.Of(Source, []);
        ITransformer transformer = Estimator(new MLContext(), Resized, Source, generator).Fit(view);
        var mapper = transformer.GetRowToRowMapper(view.Schema);
        var column = mapper.OutputSchema[Resized];
        _source = new ImageRow(view.Schema);
        _row = mapper.GetRow(_source, [column]);
        _getter = _row.GetGetter<MLImage>(column);
    }

    /// <summary>The resizing step of the saved pipeline; an image that already has the right size is unchanged.</summary>
    public static ImageResizingEstimator Estimator(MLContext mlContext, string output, string input, OnnxGenerator generator)
        => mlContext.Transforms.ResizeImages(
            output, generator.Shape.Width, generator.Shape.Height, input, Resizing(generator.Preprocessing.InputKernel));

    // Fill is nearest neighbor and selects the same pixels as ResizeKernel.Nearest, except at rare sizes where its single precision rounds
    // to an adjacent pixel (for example, 1024 to 96 pixels). IsoCrop interpolates.
    private static ImageResizingEstimator.ResizingKind Resizing(ResizeKernel kernel)
        => kernel == ResizeKernel.Nearest ? ImageResizingEstimator.ResizingKind.Fill : ImageResizingEstimator.ResizingKind.IsoCrop;

    /// <summary>
    /// Returns a new image of the generator's size, center-cropped if the aspect ratio differs. The caller disposes of it.
    /// </summary>
    public MLImage Resize(MLImage image)
    {
        _source.Image = image;
        MLImage resized = null!;
        _getter(ref resized);
        return resized;
    }

    public void Dispose() => _row.Dispose();

    private sealed class ImageRow : DataViewRow
    {
        public ImageRow(DataViewSchema schema) => Schema = schema;

        public MLImage? Image { get; set; }

        public override long Position => 0;

        public override long Batch => 0;

        public override DataViewSchema Schema { get; }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ValueGetter<MLImage> getter = (ref MLImage value) => value = Image!;
            return (ValueGetter<TValue>)(object)getter;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = default;
    }
}
