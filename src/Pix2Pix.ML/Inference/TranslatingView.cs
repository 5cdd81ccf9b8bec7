using Microsoft.ML;

namespace Pix2Pix.ML.Inference;

/// <summary>A view with translations, computed when a cursor comes to them.</summary>
internal sealed class TranslatingView : IDataView
{
    private readonly IDataView _source;
    private readonly TranslationSchema _schema;
    private readonly OnnxGenerator _generator;

    public TranslatingView(IDataView source, TranslationSchema schema, OnnxGenerator generator)
    {
        _source = source;
        _schema = schema;
        _generator = generator;
    }

    public bool CanShuffle => _source.CanShuffle;

    public DataViewSchema Schema => _schema.Output;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.ToArray();
        return new TranslatingCursor(
            _source.GetRowCursor(_schema.Dependencies(needed), rand), _schema, _generator, needed.Any(_schema.IsOutput));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}
