using Microsoft.ML;
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
public sealed class ImageMappingEstimator : IEstimator<ImageMappingTransformer>
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
        ColumnCheck.Images(inputSchema, [_mapping.Input], _mapping.Verb);
        return ComputedSchema.Shape(inputSchema, _mapping.Input, _mapping.Output, size: null);
    }
}
