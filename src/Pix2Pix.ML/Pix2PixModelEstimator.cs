using Microsoft.ML;
using Pix2Pix.ML;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Inference;
using Pix2Pix.ML.Persistence;
using Pix2Pix.Onnx;

namespace Pix2Pix;

/// <summary>Translates a column of images with an existing ONNX model, trained with this library or elsewhere.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator Characteristics
/// |  |  |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | MLImage, any size |
/// | Output column data type | MLImage |
/// | Required NuGet in addition to Microsoft.ML | Pix2Pix.ML and Microsoft.ML.OnnxRuntime |
/// | Exportable to ONNX | Yes: Pix2PixTransformer.SaveAsOnnx |
/// ]]></format>
/// </remarks>
public sealed class Pix2PixModelEstimator : IEstimator<Pix2PixTransformer>
{
    private readonly StageColumns _columns;
    private readonly string _modelFile;
    private readonly ImageModelOptions _options;
    private readonly SizingOptions _sizing;
    private readonly ExecutionOptions _execution;
    private readonly MLContext _mlContext;

    internal Pix2PixModelEstimator(
        StageColumns columns,
        string modelFile,
        ImageModelOptions options,
        SizingOptions sizing,
        ExecutionOptions execution,
        MLContext mlContext)
    {
        StockPipelineWriter.CheckNames(columns);
        InputFile.Length(modelFile, "an ONNX model");
        (_columns, _modelFile, _options) = (columns, modelFile, options);
        (_sizing, _execution, _mlContext) = (sizing, execution, mlContext);
    }

    /// <summary>Gets the input's columns and the column of translations.</summary>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ColumnCheck.Images(inputSchema, [_columns.Input], "translates");
        return ComputedSchema.Shape(inputSchema, _columns.Input, _columns.Output, size: null);
    }

    /// <summary>Opens the model. No row is read.</summary>
    /// <param name="input">Rows with the input column.</param>
    /// <returns>The transformer; dispose of it when done.</returns>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images; or see <see cref="Open"/>.</exception>
    public Pix2PixTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ColumnCheck.Images(input.Schema, [_columns.Input], "translates");
        return Open();
    }

    /// <summary>Opens the model, to translate images or files without rows.</summary>
    /// <returns>The transformer; dispose of it when done.</returns>
    /// <exception cref="FileNotFoundException">The file, or a file with its weights, does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not an ONNX model that maps an image to another of the same size, its weights are outside its folder, or ONNX Runtime
    /// cannot open it.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="ArgumentException">
    /// The options contradict the model, or the model does not accept the image sizes that the sizing requires.
    /// </exception>
    /// <exception cref="InvalidOperationException">The GPU or ONNX Runtime's native library is not available.</exception>
    public Pix2PixTransformer Open()
    {
        using var log = new Pix2PixLog(_mlContext, "Opening");
        var gpu = GpuChoice.Of(_mlContext).Or(_execution);
        OnnxSession.Require(gpu);
        try
        {
            return new Pix2PixTransformer(new OnnxGenerator(ReadModel(), new OpenOptions(gpu, _execution, _sizing), log), _columns);
        }
        catch (InvalidDataException e) when (!e.Message.Contains(_modelFile, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"'{_modelFile}' cannot be used: {e.Message}", e);
        }
    }

    private byte[] ReadModel()
    {
        var model = OnnxFile.Read(_modelFile);
        if (!ImageModel.IsOurs(model))
            return ModelFile.Bytes(model, stream => ImageModel.Write(model, _options, stream));

        return _options == ImageModelOptions.Default
            ? model
            : throw new ArgumentException($"'{_modelFile}' was exported by Pix2Pix, and its metadata already describes it; expected " +
                $"no options instead of {_options}.");
    }
}
