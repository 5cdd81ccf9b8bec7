using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Inference;
using Pix2Pix.ML.Persistence;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.ML;

/// <summary>
/// Translates a column of images with ONNX Runtime. The output column holds images of the generator's size, which belong to whoever reads
/// them; a null image gives null. They are opaque unless the generator gives alpha; a gray one has three equal colours, and predicted
/// colours come with the lightness of their input. Images of another size are resized, and cut around the centre where the shape differs:
/// or stretched, by nearest neighbours, where the generator learnt with <see cref="PreprocessingOptions.InputKernel"/> nearest.
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
    /// <returns>An image of the generator's size. The caller disposes it.</returns>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public MLImage Translate(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var translator = new ImageTranslator(_generator);
        return translator.Translate(image);
    }

    /// <summary>
    /// Translates an image file, and writes a PNG file: gray as grayscale, RGB and chroma as RGB, RGBA with its transparency. A new file
    /// replaces an old one when it is complete.
    /// </summary>
    /// <param name="from">The image, in any format that ML.NET reads.</param>
    /// <param name="to">The PNG file.</param>
    /// <exception cref="ArgumentException">The path to write does not end in .png.</exception>
    /// <exception cref="IOException">There is no such folder, or it cannot be written to.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public void TranslateToFile(string from, string to)
    {
        ArgumentException.ThrowIfNullOrEmpty(from);
        ArgumentException.ThrowIfNullOrEmpty(to);
        if (!Path.GetExtension(to).Equals(".png", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{to}' is to be written as PNG; expected a path that ends in .png.", nameof(to));
        using var image = MLImage.CreateFromFile(from);
        using var translation = Translate(image);
        var pixels = PixelLayout.ToPicture(translation, Generator.Output);
        AtomicFile.Write(to, stream => PngFile.Write(pixels, stream));
    }

    /// <summary>
    /// Colours a photograph: the colours are predicted at the generator's size, resized, and joined with the photograph's own lightness at
    /// its full resolution.
    /// </summary>
    /// <param name="photo">Of any size; neither changed nor disposed. Its colours count as much as the generator sees of them.</param>
    /// <returns>An opaque image of the photograph's size. The caller disposes it.</returns>
    /// <remarks>
    /// The generator sees the whole photograph, stretched to its shape; a translation would cut it. Lightness and colours meet in CIE
    /// L*a*b*; what sRGB cannot show is clipped channel by channel.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The generator gives something else than <see cref="ImageChannels.Chroma"/>.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public MLImage Colorize(MLImage photo)
    {
        ArgumentNullException.ThrowIfNull(photo);
        if (Generator.Output != ImageChannels.Chroma)
        {
            throw new InvalidOperationException(
                $"The model gives {Generator.Output}; colorizing needs one that gives Chroma. Train it with Generator.Input = Lightness " +
                "and Generator.Output = Chroma, or use Translate.");
        }

        return Colorizer.Colorize(_generator, photo);
    }

    /// <summary>Writes the generator as an ONNX file: a new file replaces an old one when it is complete.</summary>
    /// <param name="path">The file.</param>
    public void SaveAsOnnx(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, SaveAsOnnx);
    }

    /// <summary>
    /// Writes the generator as an ONNX model: uint8 (N, H, W, 4) alpha, blue, green, red, in and out, whatever channels the network has
    /// inside. <see cref="Torch.Onnx.OnnxNames"/> says more.
    /// </summary>
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
