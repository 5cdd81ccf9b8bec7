using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Columns;

/// <summary>The getters of a row or cursor: those of the source, and one that computes an image if it was requested.</summary>
internal sealed class ComputedGetters : IDisposable
{
    private readonly DataViewRow _source;
    private readonly ComputedSchema _schema;
    private readonly IRowImages? _images;

    /// <param name="source">The source row.</param>
    /// <param name="schema">Its schema with the computed column.</param>
    /// <param name="images">The computed images; null if they were not requested.</param>
    public ComputedGetters(DataViewRow source, ComputedSchema schema, IRowImages? images)
    {
        _source = source;
        _schema = schema;
        _images = images;
    }

    public bool IsActive(DataViewSchema.Column column)
        => _schema.IsComputed(column) ? _images is not null : _source.IsColumnActive(_schema.Input[column.Index]);

    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        if (!_schema.IsComputed(column))
            return _source.GetGetter<TValue>(_schema.Input[column.Index]);
        if (_images is not { } images)
            throw new InvalidOperationException($"Column '{column.Name}' is not active: it was not asked for when the cursor was made.");

        // The image that a consumer passes in is not disposed of: the consumer may still hold the image of the previous row.
        ValueGetter<MLImage> computed = (ref MLImage value) => value = images.Current()!;
        return computed as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' holds MLImage, not {typeof(TValue).Name}.");
    }

    public void Dispose() => _images?.Dispose();
}
