using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Columns;

/// <summary>
/// A schema with an appended column of computed images. ML.NET compares schemas by reference, so bind once and reuse the result.
/// </summary>
internal sealed class ComputedSchema
{
    private readonly int _computed;

    /// <param name="input">The schema that contains the column to compute from.</param>
    /// <param name="inputName">The name of that column.</param>
    /// <param name="outputName">The name of the computed column.</param>
    /// <param name="usage">What the stage does with the images, for error messages, as in "translates".</param>
    /// <param name="type">The type of the computed column; null for the type of the input column.</param>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images.</exception>
    public ComputedSchema(DataViewSchema input, string inputName, string outputName, string usage, DataViewType? type)
    {
        ColumnCheck.Images(input, [inputName], usage);
        Input = input;
        InputColumn = input[inputName];
        _computed = input.Count;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(outputName, type ?? InputColumn.Type);
        Output = builder.ToSchema();
    }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>The column of <see cref="Input"/> to compute from.</summary>
    public DataViewSchema.Column InputColumn { get; }

    /// <summary>The schema shape before there are rows: images of the given size, or of the input's.</summary>
    public static SchemaShape Shape(SchemaShape input, string inputName, string outputName, (int Width, int Height)? size)
    {
        // ML.NET does not let other code create a column of a SchemaShape; these transforms create the required columns.
        var transforms = new MLContext().Transforms;
        return size is { } s
            ? transforms.ResizeImages(outputName, s.Width, s.Height, inputName).GetOutputSchema(input)
            : transforms.ConvertToGrayscale(outputName, inputName).GetOutputSchema(input);
    }

    /// <summary>
    /// Whether a column of <see cref="Output"/> is the computed one; all columns before it are those of <see cref="Input"/>.
    /// </summary>
    public bool IsComputed(DataViewSchema.Column column) => column.Index == _computed;

    /// <summary>The input columns that are needed to compute the given output columns.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> columns)
        => columns.Select(column => IsComputed(column) ? InputColumn : Input[column.Index]).DistinctBy(column => column.Index);
}

/// <summary>Maps rows to rows with a computed column.</summary>
/// <param name="schema">The schema with the computed column.</param>
/// <param name="compute">Creates the computed images of a row.</param>
internal sealed class ComputedMapper(ComputedSchema schema, Func<DataViewRow, IRowImages> compute) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => schema.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        if (input.Schema != InputSchema)
            throw new ArgumentException("The row's schema differs from the schema that this mapper was created for.", nameof(input));
        return new ComputedRow(input, schema, activeColumns.Any(schema.IsComputed) ? compute(input) : null);
    }
}

/// <summary>The columns of a pix2pix stage. Written into the metadata of the ONNX model inside a saved pipeline.</summary>
/// <param name="Input">The column of images to translate.</param>
/// <param name="Output">The column of translated images.</param>
internal sealed record StageColumns(string Input, string Output)
{
    /// <summary>The metadata key.</summary>
    public const string Key = "pix2pix.columns";
}
