using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// Resizes an image as the saved pipeline does, by the same stock transform, so that both give the same pixels. Not thread-safe: one
/// for each row or cursor.
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

    /// <summary>The resizing that the saved chain does; an image that has the size already is left as it is.</summary>
    public static ImageResizingEstimator Estimator(MLContext mlContext, string output, string input, OnnxGenerator generator)
        => mlContext.Transforms.ResizeImages(
            output, generator.Shape.Width, generator.Shape.Height, input, Resizing(generator.Preprocessing.InputKernel));

    // Fill is nearest neighbour, and takes the very pixels of ResizeKernel.Nearest; in rare sizes, where its single precision rounds to the
    // other side, a neighbour (1024 to 96 pixels is one). IsoCrop blends.
    private static ImageResizingEstimator.ResizingKind Resizing(ResizeKernel kernel)
        => kernel == ResizeKernel.Nearest ? ImageResizingEstimator.ResizingKind.Fill : ImageResizingEstimator.ResizingKind.IsoCrop;

    /// <summary>A new image of the generator's size, cut around the centre where the shape differs. The caller disposes it.</summary>
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
