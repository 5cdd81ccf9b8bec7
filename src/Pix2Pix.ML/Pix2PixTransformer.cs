using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Inference;
using Pix2Pix.ML.Persistence;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML;

/// <summary>
/// Translates a column of images with ONNX Runtime. The output column holds images of the size that <see cref="Sizing"/> says, the model's
/// by default, which belong to whoever reads them; a null image gives null. They are opaque unless the generator gives alpha; a gray one
/// has three equal colours, and predicted colours come with the lightness of their input. Images of another size are resized, and cut
/// around the centre where the shape differs: or stretched, by nearest neighbours, where the generator learnt with
/// <see cref="PreprocessingOptions.InputKernel"/> nearest.
/// </summary>
/// <remarks>
/// Thread-safe: any number of cursors, rows and PredictionEngines may share one transformer. <see cref="Dispose"/> waits for the network
/// where it runs; later runs throw <see cref="ObjectDisposedException"/>, which also ends a translation in tiles at its next tiles. A
/// PredictionEngine disposes of the transformer it was made from, unless its options say otherwise. A network that fails on an image, for
/// lack of memory or as it does not take its size, is an <see cref="InvalidOperationException"/>, here and in rows and folders.
/// </remarks>
public sealed class Pix2PixTransformer : ITransformer, IDisposable
{
    private readonly OnnxGenerator _generator;
    private readonly StageColumns _columns;
    private readonly TranslatorPool _translators;

    internal Pix2PixTransformer(
        OnnxGenerator generator, StageColumns columns, TrainingSummary? training = null, OnnxParity? parity = null)
    {
        _generator = generator;
        _columns = columns;
        _translators = new TranslatorPool(generator);
        Training = training;
        Parity = parity;
    }

    /// <summary>The column of images to translate.</summary>
    public string InputColumnName => _columns.Input;

    /// <summary>The column of translated images.</summary>
    public string OutputColumnName => _columns.Output;

    /// <summary>The size and the channels of the images that the model takes and gives.</summary>
    public ModelShape Shape => _generator.Shape;

    /// <summary>The network; null for a model that was trained elsewhere.</summary>
    public GeneratorOptions? Generator => _generator.Generator;

    /// <summary>Statistics and dropout of the translation; null for a model that was trained elsewhere.</summary>
    public InferenceOptions? Inference => _generator.Inference;

    /// <summary>What the training did; null for a model that was loaded.</summary>
    public TrainingSummary? Training { get; }

    /// <summary>
    /// The difference between the pictures of TorchSharp and ONNX Runtime at the end of Fit; null for a model that was loaded, or where
    /// they could not be compared, which is a warning in the log.
    /// </summary>
    public OnnxParity? Parity { get; }

    /// <summary>ONNX Runtime's provider in use: CPU or CUDA.</summary>
    public string ExecutionProvider => _generator.Provider;

    /// <summary>What a translation makes of images of another size than the model's.</summary>
    public SizingOptions Sizing => _generator.Sizing;

    /// <summary>Batches and threads of the translation.</summary>
    public ExecutionOptions Execution => _generator.Options.Execution;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <summary>The schema with the column of translations.</summary>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    /// <summary>
    /// A view with the column of translations. They are computed when a cursor asks for them, in batches of
    /// <see cref="ExecutionOptions.BatchSize"/> rows; the images of the next rows are read meanwhile, on another thread.
    /// </summary>
    /// <remarks>
    /// A cursor opens two over the input, side by side: one for the images and one for the other columns. Both have to give the same rows
    /// in the same order.
    /// </remarks>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new TranslatingView(input, Bind(input.Schema), _generator);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input column is missing, or holds no images.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
        => TranslationColumn.Mapper(Bind(inputSchema), _generator);

    /// <summary>Translates one image.</summary>
    /// <param name="image">Of any size; neither changed nor disposed.</param>
    /// <returns>An image of the size that <see cref="Sizing"/> says. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">It is too large to be translated at its own size.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public MLImage Translate(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return _translators.Translate(image);
    }

    /// <summary>
    /// Translates an image file, and writes a PNG file: gray as grayscale, RGB and chroma as RGB, RGBA with its transparency. A new file
    /// replaces an old one when it is complete.
    /// </summary>
    /// <param name="from">The image, in any format that ML.NET reads.</param>
    /// <param name="to">The PNG file.</param>
    /// <exception cref="ArgumentException">The path to write does not end in .png, or is that of the image.</exception>
    /// <exception cref="FileNotFoundException">There is no such image.</exception>
    /// <exception cref="InvalidDataException">The file is empty, cut off, or no image that can be decoded.</exception>
    /// <exception cref="IOException">There is no such folder, or it cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The image may not be read, or the folder not be written to.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public void TranslateFile(string from, string to)
    {
        ArgumentException.ThrowIfNullOrEmpty(from);
        ArgumentException.ThrowIfNullOrEmpty(to);
        if (RealPath.Same(from, to))
            throw new ArgumentException($"The translation of '{from}' would be written over it; choose another path.", nameof(to));
        PngPath.Check(to, nameof(to));
        using var image = ImageFiles.Read(from);
        using var translation = Translate(image);
        FolderTranslator.Write(_generator, translation, to);
    }

    /// <summary>
    /// Translates a folder's images, each to a PNG file of the same name in another folder: "a.jpg" to "a.png". Files that cannot be read
    /// are skipped and listed. Folders inside it are left alone.
    /// </summary>
    /// <param name="from">The folder of images: BMP, GIF, JPEG, PNG and WebP, by their extensions.</param>
    /// <param name="to">Where to write; made if it is not there. Each new file replaces an old one when it is complete.</param>
    /// <param name="progress">Told of each image, on the calling thread.</param>
    /// <param name="cancel">Ends it after the image at hand; what is written stays.</param>
    /// <exception cref="DirectoryNotFoundException">There is no folder of images.</exception>
    /// <exception cref="ArgumentException">
    /// It has no images, is the folder to write to, or holds images that differ in their extensions alone or that are links to files which
    /// would be replaced; all of them are named.
    /// </exception>
    /// <exception cref="IOException">A translation cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder to write to may not be made or written to.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public FolderTranslation TranslateFolder(
        string from, string to, IProgress<FolderProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(from);
        ArgumentException.ThrowIfNullOrEmpty(to);
        using var translator = new FolderTranslator(_generator, new FolderFiles(from, to));
        return translator.Translate(progress, cancel);
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
        if (Shape.Output != ImageChannels.Chroma)
        {
            throw new InvalidOperationException(
                $"The model gives {Shape.Output}; colorizing needs one that gives Chroma. Train it with Generator.Input = Lightness " +
                "and Generator.Output = Chroma, or use Translate.");
        }

        return Colorizer.Colorize(_generator, photo);
    }

    /// <summary>The same model, opened anew to translate in another way.</summary>
    /// <param name="sizing">What to do with images of another size; as this one does where null.</param>
    /// <param name="execution">Batches and threads; as this one's where null.</param>
    /// <param name="mlContext">
    /// Where to log the device in use. The device is that of <paramref name="execution"/>, or else this one's.
    /// </param>
    /// <returns>A transformer of its own; dispose of both.</returns>
    /// <exception cref="ArgumentException">The model does not take images of their own size.</exception>
    /// <exception cref="InvalidOperationException">The GPU was asked for, is not there, and falling back was not asked for.</exception>
    public Pix2PixTransformer With(SizingOptions? sizing = null, ExecutionOptions? execution = null, MLContext? mlContext = null)
    {
        var options = _generator.Options;
        options = options with
        {
            Sizing = sizing ?? options.Sizing,
            Execution = execution ?? options.Execution,
            Gpu = options.Gpu.Or(execution ?? options.Execution),
        };
        using var log = new Pix2PixLog(mlContext, "Opening");
        return new Pix2PixTransformer(new OnnxGenerator(_generator.Model.Read(), options, log), _columns, Training, Parity);
    }

    /// <summary>Writes the generator as an ONNX file: a new file replaces an old one when it is complete.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveAsOnnx(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, SaveAsOnnx);
    }

    /// <summary>
    /// Writes the generator as an ONNX model: uint8 (N, H, W, 4) alpha, blue, green, red, in and out, whatever channels the network has
    /// inside. <see cref="OnnxNames"/> says more.
    /// </summary>
    /// <param name="stream">Where to write; left open.</param>
    public void SaveAsOnnx(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Exported());
    }

    /// <summary>Writes the generator as an ONNX file in another form, for other runtimes, or of half or a quarter of the size.</summary>
    /// <param name="path">The file. A new file replaces an old one when it is complete.</param>
    /// <param name="format">The form.</param>
    /// <returns>
    /// How far the pictures of the file are from this transformer's, with weights in fewer bits: measured on four drawn images. Null where
    /// the weights are the same.
    /// </returns>
    /// <exception cref="InvalidDataException">The network alone is asked for, and the model was trained elsewhere.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">Weights in fewer bits are asked for, and the transformer was disposed.</exception>
    public OnnxParity? SaveAsOnnx(string path, OnnxFormat format)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(format);
        AtomicFile.Check(path);
        var parity = format.Weights == WeightPrecision.Single ? null : NarrowComparison.Compare(_generator, format.Weights);
        AtomicFile.Write(path, stream => OnnxVariants.Write(Exported(), format, stream));
        return parity;
    }

    /// <summary>Frees ONNX Runtime's session. The model can still be saved, with its weights as they are.</summary>
    public void Dispose()
    {
        _generator.Dispose();
        _translators.Dispose();
    }

    /// <summary>Called by <c>mlContext.Model.Save</c>: the stage is written in stock transforms.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => StockPipelineWriter.Save(ctx, _generator, _columns);

    // A saved stage has its columns in the model: in an ONNX file of somebody's own chain that would make LoadPix2Pix take it for the
    // stage.
    private byte[] Exported()
    {
        var model = _generator.Model.Read();
        return _generator.Metadata.ContainsKey(StageColumns.Key)
            ? ModelFile.Bytes(model, stream => OnnxMetadata.Remove(model, [StageColumns.Key, PipelineEntry.Sizing], stream))
            : model;
    }

    private ComputedSchema Bind(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return TranslationColumn.Bind(schema, _columns, _generator);
    }
}
