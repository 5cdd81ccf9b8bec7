using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Columns;

namespace Pix2Pix.ML.Inference;

/// <summary>Defines the column of translations.</summary>
internal static class TranslationColumn
{
    /// <summary>Adds the column to a schema. If images keep their size, the column has the size of the input column, if any.</summary>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images.</exception>
    public static ComputedSchema Bind(DataViewSchema schema, StageColumns columns, OnnxGenerator generator)
    {
        var type = generator.Sizing.Kind == ImageSizing.ModelSize
            ? new ImageDataViewType(generator.Shape.Height, generator.Shape.Width)
            : null;
        return new ComputedSchema(schema, columns.Input, columns.Output, "translates", type);
    }

    /// <summary>Creates a mapper that translates rows one by one.</summary>
    public static IRowToRowMapper Mapper(ComputedSchema schema, OnnxGenerator generator) => new ComputedMapper(schema, row =>
    {
        var translator = new ImageTranslator(generator);
        return new RowImages(row, schema.InputColumn, translator.Translate, translator);
    });
}
