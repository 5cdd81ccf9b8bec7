using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Inference;
using Pix2Pix.ML.Persistence;
using Pix2Pix.Onnx;

namespace Pix2Pix;

/// <summary>
/// Translates a column of images with ONNX Runtime. The output column contains images of the size determined by <see cref="Sizing"/>, by
/// default the model's; the reader owns them. A null image results in null. Images are opaque unless the generator outputs alpha; grayscale
/// output has three equal color channels, and predicted colors are combined with the lightness of their input. Images of another size are
/// resized and cropped around the center if the shape differs; or stretched, by nearest neighbor, if the generator was trained with
/// <see cref="PreprocessingOptions.InputKernel"/> set to nearest.
/// </summary>
/// <remarks>
/// Thread-safe: any number of cursors, rows and PredictionEngines can share one transformer. <see cref="Dispose"/> waits for a network run
/// in progress; later runs throw <see cref="ObjectDisposedException"/>, which also ends a tiled translation at its next tiles. A
/// PredictionEngine disposes of the transformer it was created from unless its options say otherwise. If the network fails on an image, for
/// lack of memory or because it does not accept the size, an <see cref="InvalidOperationException"/> is thrown, here and in rows and
/// folders.
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

    /// <summary>The size and the channels of the model's input and output images.</summary>
    internal ModelShape Shape => _generator.Shape;

    /// <summary>The options of the generator; null for a model that was trained elsewhere.</summary>
    public GeneratorOptions? Generator => _generator.Generator;

    /// <summary>The statistics and dropout of the translation; null for a model that was trained elsewhere.</summary>
    public InferenceOptions? Inference => _generator.Inference;

    /// <summary>The summary of the training; null for a model that was loaded.</summary>
    public TrainingSummary? Training { get; }

    /// <summary>
    /// The difference between the images of TorchSharp and ONNX Runtime at the end of Fit; null for a model that was loaded, or if they
    /// could not be compared, which is logged as a warning.
    /// </summary>
    public OnnxParity? Parity { get; }

    /// <summary>The ONNX Runtime provider in use: CPU or CUDA.</summary>
    public string ExecutionProvider => _generator.Provider;

    /// <summary>How images of another size than the model's are handled.</summary>
    public SizingOptions Sizing => _generator.Sizing;

    /// <summary>Batches and threads of the translation.</summary>
    public ExecutionOptions Execution => _generator.Options.Execution;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <summary>Gets the schema with the column of translations.</summary>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    /// <summary>
    /// Gets a view with the column of translations. They are computed lazily, when a cursor requests them, in batches of
    /// <see cref="ExecutionOptions.BatchSize"/> rows; the images of the next rows are read meanwhile, on another thread.
    /// </summary>
    /// <remarks>
    /// A cursor opens two cursors over the input: one for the images and one for the other columns. Both must return the same rows in the
    /// same order.
    /// </remarks>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new TranslatingView(input, Bind(input.Schema), _generator);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input column is missing or does not contain images.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
        => TranslationColumn.Mapper(Bind(inputSchema), _generator);

    /// <summary>Translates one image.</summary>
    /// <param name="image">An image of any size; neither changed nor disposed.</param>
    /// <returns>An image of the size determined by <see cref="Sizing"/>. The caller disposes of it.</returns>
    /// <exception cref="ArgumentException">The image is too large to be translated at its own size.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public MLImage Translate(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return _translators.Translate(image);
    }

    /// <summary>
    /// Translates an image file and writes a PNG, JPEG or WebP file: gray as grayscale, RGB and chroma as RGB, RGBA with its transparency. A
    /// new file replaces an existing one when it is complete.
    /// </summary>
    /// <param name="from">The image file, in any format that ML.NET reads.</param>
    /// <param name="to">The output file. Its extension selects the format: .png, .jpg, .jpeg or .webp.</param>
    /// <param name="quality">The quality of JPEG and WebP, from 1 to 100; WebP is lossless at 100. PNG is always lossless.</param>
    /// <exception cref="ArgumentException">
    /// The output path has another extension, or is the path of the image; or it is a JPEG file and the model outputs transparency.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The quality is not from 1 to 100.</exception>
    /// <exception cref="FileNotFoundException">The image does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is empty, truncated, damaged, not an image that can be decoded, a pipe or device, or exceeds
    /// <see cref="ExecutionOptions.MaxPixels"/> or <see cref="ExecutionOptions.MaxFileLength"/>.
    /// </exception>
    /// <exception cref="IOException">The output folder does not exist or cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the image or to the output folder is denied.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public void TranslateFile(string from, string to, int quality = 90)
    {
        ArgumentException.ThrowIfNullOrEmpty(from);
        ArgumentException.ThrowIfNullOrEmpty(to);
        if (RealPath.Same(from, to))
            throw new ArgumentException($"The translation would overwrite its input '{from}'; choose another output path.", nameof(to));
        ImageWriter.Check(to, Shape.Output, quality, nameof(to));
        using var image = ImageFiles.Read(from, Execution.Limits);
        using var translation = Translate(image);
        ImageWriter.Write(PixelLayout.ToPicture(translation, Shape.Output), to, quality);
    }

    /// <summary>
    /// Translates the images of a folder, each to a file of the same name in another folder: "a.jpg" to "a.png". Files that cannot be read
    /// are skipped and listed. Subfolders are ignored.
    /// </summary>
    /// <param name="from">The folder of images: BMP, GIF, JPEG, PNG and WebP, by their extensions.</param>
    /// <param name="to">
    /// The output folder; created if it does not exist. Each new file replaces an existing one when it is complete.
    /// </param>
    /// <param name="progress">Receives a report after each image, on the calling thread.</param>
    /// <param name="extension">The format of the translations: .png, .jpg, .jpeg or .webp.</param>
    /// <param name="quality">The quality of JPEG and WebP, from 1 to 100; WebP is lossless at 100.</param>
    /// <param name="cancel">Cancels the translation after the current image; files already written are kept.</param>
    /// <exception cref="DirectoryNotFoundException">The folder of images does not exist.</exception>
    /// <exception cref="ArgumentException">
    /// The folder contains no images, is the output folder, or contains images that differ only in their extensions or that are links to
    /// files which would be replaced; all of them are named. Or the extension is not supported, or is that of JPEG and the model outputs
    /// transparency.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The quality is not from 1 to 100.</exception>
    /// <exception cref="IOException">A translation cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The output folder cannot be created or written to: access is denied.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public FolderTranslation TranslateFolder(
        string from,
        string to,
        IProgress<ImageProgress>? progress = null,
        string extension = ".png",
        int quality = 90,
        CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(from);
        ArgumentException.ThrowIfNullOrEmpty(to);
        ArgumentNullException.ThrowIfNull(extension);
        ImageWriter.Check(extension, Shape.Output, quality, nameof(extension));
        using var translator = new FolderTranslator(_generator, new FolderFiles(from, to, extension), quality);
        return translator.Translate(progress, cancel);
    }

    /// <summary>
    /// Colorizes a photograph: the colors are predicted at the generator's size, resized, and combined with the photograph's own lightness
    /// at full resolution.
    /// </summary>
    /// <param name="photo">
    /// A photograph of any size; neither changed nor disposed. Its colors matter only as far as the generator's input channels include
    /// them.
    /// </param>
    /// <returns>An opaque image of the photograph's size. The caller disposes of it.</returns>
    /// <remarks>
    /// The generator receives the whole photograph, stretched to its shape; a translation would crop it. Lightness and colors are combined
    /// in CIE L*a*b*; values outside of sRGB are clipped per channel.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The generator's output is not <see cref="ImageChannels.Chroma"/>.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public MLImage Colorize(MLImage photo)
    {
        ArgumentNullException.ThrowIfNull(photo);
        if (Shape.Output != ImageChannels.Chroma)
        {
            throw new InvalidOperationException(
                $"The model outputs {Shape.Output}, but colorizing requires Chroma. Train a model with Generator.Input = Lightness " +
                "and Generator.Output = Chroma, or use Translate.");
        }

        return Colorizer.Colorize(_generator, photo);
    }

    /// <summary>Opens the same model again with other translation settings.</summary>
    /// <param name="sizing">How images of another size are handled; as in this transformer if null.</param>
    /// <param name="execution">Batches and threads; as in this transformer if null.</param>
    /// <param name="mlContext">
    /// The context to log the device in use to. The device is that of <paramref name="execution"/>, or else this transformer's.
    /// </param>
    /// <returns>An independent transformer; dispose of both.</returns>
    /// <exception cref="ArgumentException">The model does not accept images of their own size.</exception>
    /// <exception cref="InvalidOperationException">
    /// The requested GPU is not available, and fallback to the CPU was not requested.
    /// </exception>
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

    /// <summary>Writes the generator as an ONNX file. A new file replaces an existing one when it is complete.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveAsOnnx(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, SaveAsOnnx);
    }

    /// <summary>
    /// Writes the generator as an ONNX model. Input and output are uint8 (N, H, W, 4) in the order alpha, blue, green, red, whatever
    /// channels the network has inside. Their names are "pix2pix_input_abgr" and "pix2pix_output_abgr".
    /// </summary>
    /// <param name="stream">The stream to write to; left open.</param>
    public void SaveAsOnnx(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Exported());
    }

    /// <summary>Writes the generator as an ONNX file in another format: for other runtimes, or at half or a quarter of the size.</summary>
    /// <param name="path">The file. A new file replaces an existing one when it is complete.</param>
    /// <param name="format">The format.</param>
    /// <returns>
    /// For weights in fewer bits, the difference between the images of the file and those of this transformer, measured on four generated
    /// images. Null if the weights are the same.
    /// </returns>
    /// <exception cref="InvalidDataException">The network alone is requested, and the model was trained elsewhere.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">Weights in fewer bits are requested, and the transformer was disposed.</exception>
    public OnnxParity? SaveAsOnnx(string path, OnnxFormat format)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(format);
        AtomicFile.Check(path);
        var parity = format.Weights == WeightPrecision.Single ? null : NarrowComparison.Compare(_generator, format.Weights);
        AtomicFile.Write(path, stream => OnnxVariants.Write(Exported(), format, stream));
        return parity;
    }

    /// <summary>Disposes of ONNX Runtime's session. The model can still be saved, with its weights unchanged.</summary>
    public void Dispose()
    {
        _generator.Dispose();
        _translators.Dispose();
    }

    /// <summary>Called by <c>mlContext.Model.Save</c>: writes the stage as stock transforms.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => StockPipelineWriter.Save(ctx, _generator, _columns);

    // A saved stage has its column names in the model. In an ONNX file of a user's own chain, they would make LoadModel treat the file as
    // a saved stage.
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
