using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Columns;

namespace Pix2Pix.ML.Inference;

/// <summary>A view with translations, computed when a cursor reaches them.</summary>
internal sealed class TranslatingView : IDataView
{
    private readonly IDataView _source;
    private readonly ComputedSchema _schema;
    private readonly OnnxGenerator _generator;

    public TranslatingView(IDataView source, ComputedSchema schema, OnnxGenerator generator)
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
        var others = _schema.Dependencies(needed.Where(column => !_schema.IsComputed(column)));
        // Two cursors run in parallel, a prefetching one for the images and one for the other columns; both must shuffle identically.
        var seed = rand?.Next();
        var rows = _source.GetRowCursor(others, Shuffler(seed));
        var images = needed.Any(_schema.IsComputed) ? new BatchedTranslations(rows, row => Open(row, seed)) : null;
        return new ComputedCursor(rows, _schema, images);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>
    /// The number of rows that are read together, at most the number of rows. Images that keep their own size, which may be large, are read
    /// one by one.
    /// </summary>
    public static int BatchSize(OnnxGenerator generator, long? rows)
        => SizedTranslation.IsBatched(generator) ? (int)Math.Clamp(rows ?? long.MaxValue, 1, generator.BatchSize) : 1;

    private PrefetchedBatches Open(long row, int? seed) => new(
        _source.GetRowCursor([_schema.InputColumn], Shuffler(seed)),
        _schema.InputColumn,
        _generator,
        BatchSize(_generator, _source.GetRowCount()),
        row);

    private static Random? Shuffler(int? seed) => seed is { } value ? new Random(value) : null;
}

/// <summary>Defines the column of translations.</summary>
internal static class TranslationColumn
{
    /// <summary>Adds the column to a schema. If images keep their size, the column has the size of the input column, if any.</summary>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images.</exception>
    public static ComputedSchema Bind(DataViewSchema schema, StageColumns columns, OnnxGenerator generator)
    {
        var type = generator.Sizing.Kind == ImageSizing.ModelSize
            ? new ImageDataViewType(generator.Shape.Height, generator.Shape.Width)
            : null;
        return new ComputedSchema(schema, columns.Input, columns.Output, "translates", type);
    }

    /// <summary>Creates a mapper that translates rows one by one.</summary>
    public static IRowToRowMapper Mapper(ComputedSchema schema, OnnxGenerator generator) => new ComputedMapper(schema, row =>
    {
        var translator = new ImageTranslator(generator);
        return new RowImages(row, schema.InputColumn, translator.Translate, translator);
    });
}
