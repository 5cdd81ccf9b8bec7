using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Columns;

namespace Pix2Pix.ML.Inference;

/// <summary>The column of translations.</summary>
internal static class TranslationColumn
{
    /// <summary>A schema with it. Where images keep their size, it has that of the input's, if any.</summary>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public static ComputedSchema Bind(DataViewSchema schema, StageColumns columns, OnnxGenerator generator)
    {
        var type = generator.Sizing.Kind == ImageSizing.ModelSize
            ? new ImageDataViewType(generator.Shape.Height, generator.Shape.Width)
            : null;
        return new ComputedSchema(schema, columns.Input, columns.Output, "translates", type);
    }

    /// <summary>Rows that are translated one by one.</summary>
    public static IRowToRowMapper Mapper(ComputedSchema schema, OnnxGenerator generator) => new ComputedMapper(schema, row =>
    {
        var translator = new ImageTranslator(generator);
        return new RowImages(row, schema.InputColumn, translator.Translate, translator);
    });
}
