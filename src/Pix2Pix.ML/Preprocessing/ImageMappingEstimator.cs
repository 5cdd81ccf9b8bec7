using Microsoft.ML;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Preprocessing;

/// <summary>Computes a column of images from another one, row by row: inputs from photographs.</summary>
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
/// It is not saved: a saved model opens in applications that do not have this package.
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

    /// <summary>A transformer. The rows are not looked at.</summary>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public ImageMappingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var transformer = new ImageMappingTransformer(_mapping);
        transformer.GetOutputSchema(input.Schema); // checks it
        return transformer;
    }

    /// <summary>The input's columns and the computed one.</summary>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ColumnCheck.Images(inputSchema, [_mapping.Input], _mapping.Verb);
        return ComputedSchema.Shape(inputSchema, _mapping.Input, _mapping.Output, size: null);
    }
}
