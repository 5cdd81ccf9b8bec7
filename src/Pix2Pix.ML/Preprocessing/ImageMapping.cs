using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Preprocessing;

/// <summary>Computes an image column from another image column, row by row, for example inputs from photographs.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator Characteristics
/// |  |  |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | MLImage, any size |
/// | Output column data type | MLImage |
/// | Required NuGet in addition to Microsoft.ML | Pix2Pix.ML |
/// | Exportable to ONNX | No |
///
/// This stage cannot be saved, because saved models must open in applications that do not have this package.
/// ]]></format>
/// </remarks>
internal sealed class ImageMappingEstimator : IEstimator<ImageMappingTransformer>
{
    private readonly ImageMapping _mapping;

    internal ImageMappingEstimator(string name, string output, string input, Func<PixelImage, PixelImage> map, bool keepsSize)
    {
        ArgumentException.ThrowIfNullOrEmpty(output, "outputColumnName");
        ArgumentException.ThrowIfNullOrEmpty(input, "inputColumnName");
        _mapping = new ImageMapping(name, output, input, map, keepsSize);
    }

    /// <summary>Creates the transformer. The rows are not read.</summary>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images.</exception>
    public ImageMappingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var transformer = new ImageMappingTransformer(_mapping);
        transformer.GetOutputSchema(input.Schema); // validates the schema
        return transformer;
    }

    /// <summary>The input columns and the computed column.</summary>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ColumnCheck.Images(inputSchema, [_mapping.Input], _mapping.Usage);
        return ComputedSchema.Shape(inputSchema, _mapping.Input, _mapping.Output, size: null);
    }
}

/// <summary>
/// Computes an image column from another image column when a cursor reaches a row. Null values stay null. Thread-safe; each row and cursor
/// is for a single thread.
/// </summary>
/// <remarks>Computed images belong to the caller; source images are neither modified nor disposed of.</remarks>
internal sealed class ImageMappingTransformer : ITransformer
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
        $"{_mapping.Name} (column '{_mapping.Input}' to '{_mapping.Output}') cannot be saved because other ML.NET applications do not " +
        "have its code. Save only the stages after it, as in mlContext.Model.Save(chain.LastTransformer, null, path). After loading, " +
        $"apply {_mapping.Name} first if column '{_mapping.Output}' is not in the data.");

    private ComputedMapper Mapper(ComputedSchema schema) => new(schema, row => _mapping.Of(row, schema));

    private ComputedSchema Bind(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new ComputedSchema(
            schema, _mapping.Input, _mapping.Output, _mapping.Usage, _mapping.KeepsSize ? null : new ImageDataViewType());
    }
}

/// <summary>A view with a computed column.</summary>
internal sealed class MappedView(IDataView source, ComputedSchema schema, ImageMapping mapping) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => schema.Output;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return Computed(source.GetRowCursor(schema.Dependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return [.. source.GetRowCursorSet(schema.Dependencies(needed), n, rand).Select(cursor => Computed(cursor, needed))];
    }

    private ComputedCursor Computed(DataViewRowCursor rows, DataViewSchema.Column[] needed)
        => new(rows, schema, needed.Any(schema.IsComputed) ? mapping.Of(rows, schema) : null);
}

/// <summary>Defines an image mapping: what is computed, from which column, and into which column.</summary>
/// <param name="Name">The catalog method that created the mapping.</param>
/// <param name="Output">The column of computed images.</param>
/// <param name="Input">The column of images to compute from.</param>
/// <param name="Map">Computes an image from an RGBA image, which it must not modify; thread-safe.</param>
/// <param name="KeepsSize">Whether the computed image has the same size as its source.</param>
internal sealed record ImageMapping(string Name, string Output, string Input, Func<PixelImage, PixelImage> Map, bool KeepsSize)
{
    /// <summary>What the mapping does with the images, for error messages.</summary>
    public string Usage => $"computes '{Output}' from";

    /// <summary>The computed images of a row or cursor.</summary>
    public RowImages Of(DataViewRow row, ComputedSchema schema) => new(row, schema.InputColumn, Apply);

    private MLImage Apply(MLImage image)
    {
        var computed = Map(PixelLayout.ToRgba(image))
            ?? throw new InvalidOperationException($"{Name} returned null for column '{Output}'; expected an image.");
        return NativePressure.Of(PixelLayout.FromPixels(computed));
    }
}
