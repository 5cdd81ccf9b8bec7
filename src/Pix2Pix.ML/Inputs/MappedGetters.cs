using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inputs;

/// <summary>The getters of a row or cursor: the source's, and one that computes.</summary>
internal sealed class MappedGetters
{
    private readonly DataViewRow _source;
    private readonly MappedSchema _schema;
    private readonly bool _computes;

    /// <param name="source">The row to compute from.</param>
    /// <param name="schema">Its schema with the computed column.</param>
    /// <param name="computes">Whether the computed column was asked for.</param>
    public MappedGetters(DataViewRow source, MappedSchema schema, bool computes)
        => (_source, _schema, _computes) = (source, schema, computes);

    public bool IsActive(DataViewSchema.Column column)
        => _schema.IsComputed(column) ? _computes : _source.IsColumnActive(_schema.Input[column.Index]);

    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        if (!_schema.IsComputed(column))
            return _source.GetGetter<TValue>(_schema.Input[column.Index]);
        if (!_computes)
            throw new InvalidOperationException($"Column '{column.Name}' is not active: it was not asked for when the cursor was made.");

        // Loaders dispose of the image that they are given back. The value that a consumer passes in stays its own.
        MLImage? image = null;
        var getter = _source.GetGetter<MLImage>(_schema.InputColumn);
        ValueGetter<MLImage> computed = (ref MLImage value) =>
        {
            getter(ref image!);
            value = _schema.Mapping.Apply(image)!;
        };
        return computed as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' holds MLImage, not {typeof(TValue).Name}.");
    }
}
