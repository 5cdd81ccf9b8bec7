using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>Rows to rows with translations.</summary>
internal sealed class TranslatingMapper : IRowToRowMapper
{
    private readonly TranslationSchema _schema;
    private readonly OnnxGenerator _generator;

    public TranslatingMapper(TranslationSchema schema, OnnxGenerator generator)
    {
        _schema = schema;
        _generator = generator;
    }

    public DataViewSchema InputSchema => _schema.Input;

    public DataViewSchema OutputSchema => _schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => _schema.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        if (input.Schema != InputSchema)
            throw new ArgumentException("The row has another schema than this mapper was made for.", nameof(input));
        return new TranslatingRow(input, _schema, _generator, activeColumns.Any(_schema.IsOutput));
    }
}
