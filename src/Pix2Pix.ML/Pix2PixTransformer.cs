using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Inference;
using Pix2Pix.ML.Persistence;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.ML;

/// <summary>
/// Translates a column of images with ONNX Runtime. The output column holds opaque images of the generator's size, which belong to
/// whoever reads them; a null image gives null. Images of another size are resized, and cut around the centre where the shape differs.
/// </summary>
/// <remarks>
/// Thread-safe: any number of cursors, rows and PredictionEngines may share one transformer. <see cref="Dispose"/> waits for running
/// translations; later ones throw <see cref="ObjectDisposedException"/>. A PredictionEngine disposes of the transformer it was made
/// from, unless its options say otherwise.
/// </remarks>
public sealed class Pix2PixTransformer : ITransformer, IDisposable
{
    private readonly OnnxGenerator _generator;
    private readonly StageColumns _columns;

    internal Pix2PixTransformer(
        OnnxGenerator generator, StageColumns columns, TrainingSummary? training = null, OnnxParity? parity = null)
    {
        _generator = generator;
        _columns = columns;
        Training = training;
        Parity = parity;
    }

    /// <summary>The column of images to translate.</summary>
    public string InputColumnName => _columns.Input;

    /// <summary>The column of translated images.</summary>
    public string OutputColumnName => _columns.Output;

    /// <summary>The network and its image size.</summary>
    public GeneratorOptions Generator => _generator.Generator;

    /// <summary>Statistics and dropout of the translation.</summary>
    public InferenceOptions Inference => _generator.Inference;

    /// <summary>What the training did; null for a model that was loaded.</summary>
    public TrainingSummary? Training { get; }

    /// <summary>How TorchSharp and ONNX Runtime agreed at the end of Fit; null for a model that was loaded.</summary>
    public OnnxParity? Parity { get; }

    /// <summary>ONNX Runtime's provider in use: CPU or CUDA.</summary>
    public string ExecutionProvider => _generator.Provider;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <summary>The schema with the column of translations.</summary>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    /// <summary>A view with the column of translations; each is computed when a cursor asks for it.</summary>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new TranslatingView(input, Bind(input.Schema), _generator);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new TranslatingMapper(Bind(inputSchema), _generator);

    /// <summary>Translates one image.</summary>
    /// <param name="image">Of any size; neither changed nor disposed.</param>
    /// <returns>An opaque image of the generator's size. The caller disposes it.</returns>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public MLImage Translate(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var translator = new ImageTranslator(_generator);
        return translator.Translate(image);
    }

    /// <summary>Writes the generator as an ONNX file: a new file replaces an old one when it is complete.</summary>
    /// <param name="path">The file.</param>
    public void SaveAsOnnx(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, SaveAsOnnx);
    }

    /// <summary>Writes the generator as an ONNX model: uint8 (N, H, W, 4) alpha, blue, green, red, in and out.</summary>
    /// <param name="stream">Where to write; left open.</param>
    public void SaveAsOnnx(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(_generator.Model);
    }

    /// <summary>Frees ONNX Runtime's session.</summary>
    public void Dispose() => _generator.Dispose();

    /// <summary>Called by <c>mlContext.Model.Save</c>: the stage is written in stock transforms.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => StockChain.Save(ctx, _generator, _columns);

    private TranslationSchema Bind(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new TranslationSchema(schema, _columns, Generator.Width, Generator.Height);
    }
}
