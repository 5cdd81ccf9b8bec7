using Microsoft.ML;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Persistence;

namespace Pix2Pix.ML.Inference;

/// <summary>A schema with the column of translations behind it. ML.NET compares schemas by reference: bind once, use everywhere.</summary>
internal sealed class TranslationSchema
{
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public TranslationSchema(DataViewSchema input, StageColumns columns, OnnxGenerator generator)
    {
        ColumnCheck.Images(input, [columns.Input], "translates");
        var type = generator.Sizing.Kind == ImageSizing.ModelSize
            ? new ImageDataViewType(generator.Shape.Height, generator.Shape.Width)
            : input[columns.Input].Type; // of the size of the images, if any
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(columns.Output, type);
        Input = input;
        Output = builder.ToSchema();
        InputColumn = input[columns.Input];
        OutputIndex = input.Count;
    }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>The column to translate, in <see cref="Input"/>.</summary>
    public DataViewSchema.Column InputColumn { get; }

    /// <summary>The translations' position in <see cref="Output"/>; all columns before it are those of <see cref="Input"/>.</summary>
    public int OutputIndex { get; }

    /// <summary>What is known of it before there is a model: images of this size, or of the input's.</summary>
    public static SchemaShape Shape(SchemaShape input, StageColumns columns, (int Width, int Height)? size)
    {
        // ML.NET lets nobody else make a column of a SchemaShape; these transforms make the very ones that are needed.
        var transforms = new MLContext().Transforms;
        return size is { } s
            ? transforms.ResizeImages(columns.Output, s.Width, s.Height, columns.Input).GetOutputSchema(input)
            : transforms.ConvertToGrayscale(columns.Output, columns.Input).GetOutputSchema(input);
    }

    /// <summary>Whether a column of <see cref="Output"/> is that of the translations.</summary>
    public bool IsOutput(DataViewSchema.Column column) => column.Index == OutputIndex;

    /// <summary>The input's columns that are needed to compute these of the output.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> columns)
        => columns.Select(column => IsOutput(column) ? InputColumn : Input[column.Index]).DistinctBy(column => column.Index);
}
