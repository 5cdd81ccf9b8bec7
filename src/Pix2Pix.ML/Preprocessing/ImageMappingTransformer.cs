using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Columns;

namespace Pix2Pix.ML.Preprocessing;

/// <summary>
/// Computes a column of images from another one when a cursor comes to a row. Null stays null. Thread-safe; rows and cursors are for one
/// thread.
/// </summary>
/// <remarks>The images that come out belong to whoever reads them; those that go in are neither changed nor disposed of.</remarks>
public sealed class ImageMappingTransformer : ITransformer
{
    private readonly ImageMapping _mapping;

    internal ImageMappingTransformer(ImageMapping mapping) => _mapping = mapping;

    /// <summary>Always <see langword="true"/>.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The input's columns and the computed one.</summary>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    /// <summary>A view whose images are computed when a cursor comes to them.</summary>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, Bind(input.Schema), _mapping);
    }

    /// <summary>For single rows, as a PredictionEngine asks for them.</summary>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Mapper(Bind(inputSchema));

    /// <summary>Refuses: a saved model has to open in any ML.NET application, which does not have the code of this stage.</summary>
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
