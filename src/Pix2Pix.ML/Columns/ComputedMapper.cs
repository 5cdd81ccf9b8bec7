using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Columns;

/// <summary>Maps rows to rows with a computed column.</summary>
internal sealed class ComputedMapper : IRowToRowMapper
{
    private readonly ComputedSchema _schema;
    private readonly Func<DataViewRow, IRowImages> _compute;

    /// <param name="schema">The schema with the computed column.</param>
    /// <param name="compute">Creates the computed images of a row.</param>
    public ComputedMapper(ComputedSchema schema, Func<DataViewRow, IRowImages> compute) => (_schema, _compute) = (schema, compute);

    public DataViewSchema InputSchema => _schema.Input;

    public DataViewSchema OutputSchema => _schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => _schema.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        if (input.Schema != InputSchema)
            throw new ArgumentException("The row has another schema than this mapper was made for.", nameof(input));
        return new ComputedRow(input, _schema, activeColumns.Any(_schema.IsComputed) ? _compute(input) : null);
    }
}
