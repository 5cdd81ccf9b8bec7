using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Columns;

/// <summary>A schema with a column of computed images behind it. ML.NET compares schemas by reference: bind once, use everywhere.</summary>
internal sealed class ComputedSchema
{
    private readonly int _computed;

    /// <param name="input">Has the column to compute from.</param>
    /// <param name="inputName">Its name.</param>
    /// <param name="outputName">The name of the computed column.</param>
    /// <param name="verb">What is done with images, in an error about a column.</param>
    /// <param name="type">The type of the computed column; that of the input's where null.</param>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public ComputedSchema(DataViewSchema input, string inputName, string outputName, string verb, DataViewType? type)
    {
        ColumnCheck.Images(input, [inputName], verb);
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

    /// <summary>The column to compute from, in <see cref="Input"/>.</summary>
    public DataViewSchema.Column InputColumn { get; }

    /// <summary>What is known of it before there are rows: images of this size, or of the input's.</summary>
    public static SchemaShape Shape(SchemaShape input, string inputName, string outputName, (int Width, int Height)? size)
    {
        // ML.NET lets nobody else make a column of a SchemaShape; these transforms make the very ones that are needed.
        var transforms = new MLContext().Transforms;
        return size is { } s
            ? transforms.ResizeImages(outputName, s.Width, s.Height, inputName).GetOutputSchema(input)
            : transforms.ConvertToGrayscale(outputName, inputName).GetOutputSchema(input);
    }

    /// <summary>Whether a column of <see cref="Output"/> is the computed one; all before it are those of <see cref="Input"/>.</summary>
    public bool IsComputed(DataViewSchema.Column column) => column.Index == _computed;

    /// <summary>The input's columns that are needed to compute these of the output.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> columns)
        => columns.Select(column => IsComputed(column) ? InputColumn : Input[column.Index]).DistinctBy(column => column.Index);
}
