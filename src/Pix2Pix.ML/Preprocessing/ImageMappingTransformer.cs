using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Columns;

namespace Pix2Pix.ML.Preprocessing;

/// <summary>
/// Computes an image column from another image column when a cursor reaches a row. Null values stay null. Thread-safe; each row and cursor
/// is for a single thread.
/// </summary>
/// <remarks>Computed images belong to the caller; source images are neither modified nor disposed of.</remarks>
public sealed class ImageMappingTransformer : ITransformer
{
    private readonly ImageMapping _mapping;

    internal ImageMappingTransformer(ImageMapping mapping) => _mapping = mapping;

    /// <summary>Always <see langword="true"/>.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The input columns and the computed column.</summary>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    /// <summary>Creates a view whose images are computed when a cursor reaches them.</summary>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, Bind(input.Schema), _mapping);
    }

    /// <summary>Creates a mapper for single rows, as PredictionEngine requires.</summary>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Mapper(Bind(inputSchema));

    /// <summary>Not supported: a saved model must open in any ML.NET application, and those do not have the code of this stage.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        $"{_mapping.Name} (column '{_mapping.Input}' to '{_mapping.Output}') cannot be saved: a saved model opens in any ML.NET application, " +
        "which does not have its code. Save the stages behind it alone, as in mlContext.Model.Save(chain.LastTransformer, null, path), and " +
        $"append {_mapping.Name} again before what is loaded, if its images are not there already.");

    private ComputedMapper Mapper(ComputedSchema schema) => new(schema, row => _mapping.Of(row, schema));

    private ComputedSchema Bind(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new ComputedSchema(
            schema, _mapping.Input, _mapping.Output, _mapping.Verb, _mapping.KeepsSize ? null : new ImageDataViewType());
    }
}
