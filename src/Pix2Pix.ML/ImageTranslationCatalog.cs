using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Columns;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Evaluation;
using Pix2Pix.ML.Persistence;

namespace Pix2Pix.ML;

/// <summary>
/// Loads image pairs, trains on them, translates images and evaluates translations, like ML.NET's catalogs for other tasks. Thread-safe.
/// </summary>
/// <remarks>
/// Everything uses the <see cref="MLContext"/> that the catalog belongs to: its log, its seed if the options have none, and its
/// GpuDeviceId and FallbackToCpu if the options name no device. Loaders check all files before the first is used and report all faults at
/// once; images are then read as a cursor requests them.
/// </remarks>
public sealed class ImageTranslationCatalog
{
    private readonly MLContext _mlContext;

    internal ImageTranslationCatalog(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        _mlContext = mlContext;
    }

    /// <summary>Trains on pairs of images to translate one into the other (Isola et al. 2017), and translates a column of images.</summary>
    /// <remarks>
    /// Transparency is ignored in training and in translation unless the generator uses <see cref="ImageChannels.Rgba"/>. ML.NET
    /// multiplies colors by alpha when it decodes a file and divides by alpha when it saves one, so transparent pixels are black. Composite
    /// such images over a background first, or use a generator with an alpha channel.
    /// </remarks>
    /// <param name="outputColumnName">The column of translated images. Their size depends on the options' Sizing.</param>
    /// <param name="inputColumnName">The column of images to translate, of any size.</param>
    /// <param name="targetColumnName">The column of target images. Not needed after Fit.</param>
    /// <param name="options">The options; the paper's settings if null.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public Pix2PixEstimator Pix2Pix(
        string outputColumnName, string inputColumnName, string targetColumnName, Pix2PixOptions? options = null)
        => new(outputColumnName, PairColumns.Two(inputColumnName, targetColumnName), options ?? Pix2PixOptions.Default, _mlContext);

    /// <summary>Trains as Pix2Pix does, on images that contain both images of a pair side by side, as in the public data sets.</summary>
    /// <param name="outputColumnName">The column of translated images. Their size depends on the options' Sizing.</param>
    /// <param name="inputColumnName">
    /// The column of images to translate. Fit does not need it, but an estimator chain does, because it translates its training rows.
    /// </param>
    /// <param name="pairColumnName">The column of images that contain both halves. Not needed after Fit.</param>
    /// <param name="inputSide">The half that is the input.</param>
    /// <param name="options">The options; the paper's settings if null.</param>
    /// <exception cref="ArgumentException">A column name is empty.</exception>
    public Pix2PixEstimator Pix2PixSideBySide(
        string outputColumnName,
        string inputColumnName,
        string pairColumnName,
        PairSide inputSide = PairSide.Left,
        Pix2PixOptions? options = null)
        => new(
            outputColumnName,
            PairColumns.SideBySide(inputColumnName, pairColumnName, inputSide),
            options ?? Pix2PixOptions.Default,
            _mlContext);

    /// <summary>
    /// Translates a column of images with an ONNX model: one that this library wrote, or any model that maps an image to another of the
    /// same size.
    /// </summary>
    /// <param name="outputColumnName">The column of translated images.</param>
    /// <param name="inputColumnName">The column of images to translate, of any size.</param>
    /// <param name="modelFile">The ONNX file; its weights may be in files in the same folder.</param>
    /// <param name="options">What the model does not specify itself; null for a model that this library wrote.</param>
    /// <param name="sizing">How images of another size than the model's are handled; resized to the model's size if null.</param>
    /// <param name="execution">Batches, threads and device; the defaults if null.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public Pix2PixModelEstimator ApplyModel(
        string outputColumnName,
        string inputColumnName,
        string modelFile,
        ImageModelOptions? options = null,
        SizingOptions? sizing = null,
        ExecutionOptions? execution = null)
        => new(
            new StageColumns(inputColumnName, outputColumnName),
            modelFile,
            options ?? ImageModelOptions.Default,
            sizing ?? SizingOptions.Default,
            execution ?? ExecutionOptions.Default,
            _mlContext);

    /// <summary>
    /// Opens a model that was saved with <c>mlContext.Model.Save</c> and restores each pix2pix stage as a <see cref="Pix2PixTransformer"/>.
    /// The stock <c>mlContext.Model.Load</c> opens the same file without this package: same pixels, slower.
    /// </summary>
    /// <param name="filePath">The zip file.</param>
    /// <param name="inputSchema">The schema that was saved with the model; ML.NET leaves image columns out of it.</param>
    /// <param name="execution">Batches, threads and device of the translation; the defaults if null.</param>
    /// <param name="sizing">How images of another size than the model's are handled; as saved if null.</param>
    /// <returns>The stages in order; dispose of the chain when done.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, contains no pix2pix stage, expands to more than 100 times its size, or would read other files.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read, or ML.NET has no temporary folder that is writable.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="ArgumentException">
    /// A model does not accept the image sizes that the sizing requires, or batches of this size.
    /// </exception>
    /// <exception cref="InvalidOperationException">The GPU or ONNX Runtime's native library is not available.</exception>
    public TransformerChain<ITransformer> LoadModel(
        string filePath, out DataViewSchema inputSchema, ExecutionOptions? execution = null, SizingOptions? sizing = null)
        => ModelReader.Load(_mlContext, filePath, execution ?? ExecutionOptions.Default, sizing, out inputSchema);

    /// <summary>Opens the pix2pix stage of a model that was saved with <c>mlContext.Model.Save</c>. Other stages are not applied.</summary>
    /// <param name="filePath">The zip file.</param>
    /// <param name="execution">Batches, threads and device of the translation; the defaults if null.</param>
    /// <param name="sizing">How images of another size than the model's are handled; as saved if null.</param>
    /// <returns>The transformer; dispose of it when done.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or contains no pix2pix stage or several.</exception>
    /// <exception cref="ArgumentException">
    /// The model does not accept the image sizes that the sizing requires, or batches of this size.
    /// </exception>
    /// <exception cref="InvalidOperationException">The GPU or ONNX Runtime's native library is not available.</exception>
    public Pix2PixTransformer LoadTransformer(string filePath, ExecutionOptions? execution = null, SizingOptions? sizing = null)
        => ModelReader.LoadSingle(_mlContext, filePath, execution ?? ExecutionOptions.Default, sizing);

#pragma warning disable RS0026 // The overloads of LoadPairs differ in the type of a required argument, so a call is never ambiguous.
    /// <summary>
    /// Loads pairs from two folders, matched by file name without extension: "a.jpg" and "a.png" are a pair. Columns: "Input" and "Target",
    /// images, and "InputFile" and "TargetFile", text.
    /// </summary>
    /// <param name="inputFolder">The folder of inputs: BMP, GIF, JPEG, PNG and WebP files; subfolders are ignored.</param>
    /// <param name="targetFolder">The folder of targets; subfolders are ignored.</param>
    /// <param name="options">What is checked and how faults are handled; the defaults if null.</param>
    /// <returns>The pairs by the inputs' file names, in ordinal order.</returns>
    /// <exception cref="DirectoryNotFoundException">A folder does not exist; both are named if neither exists.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a folder is denied; both are named if access to both is denied.</exception>
    /// <exception cref="ArgumentException">Both folders are the same.</exception>
    /// <exception cref="PairDataException">
    /// Files are faulty, have no matching file or several, or there are none; all of them are named.
    /// </exception>
    /// <exception cref="OperationCanceledException">The options' token was canceled.</exception>
    public ImageFileView LoadPairs(string inputFolder, string targetFolder, ImageLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputFolder);
        ArgumentException.ThrowIfNullOrEmpty(targetFolder);
        var folders = ImageListing.Existing(inputFolder, targetFolder);
        if (RealPath.Same(folders[0], folders[1]))
        {
            throw new ArgumentException(
                $"Inputs and targets are both in '{folders[0]}'; expected two folders. Load one folder with LoadImages, or with " +
                "LoadPairs and a PairSide if each file contains a pair side by side.",
                nameof(targetFolder));
        }

        return Load(ImageListing.OfFolders(folders[0], folders[1]), ImageColumns.Pairs, options);
    }

    /// <summary>
    /// Loads a folder of images that each contain a pair side by side, as in the public data sets. Columns: "Input" and "Target", images,
    /// and "File", text.
    /// </summary>
    /// <param name="folder">The folder of BMP, GIF, JPEG, PNG and WebP files; subfolders are ignored.</param>
    /// <param name="inputSide">The half that is the input.</param>
    /// <param name="options">What is checked and how faults are handled; the defaults if null.</param>
    /// <returns>The pairs by file name, in ordinal order.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the folder is denied.</exception>
    /// <exception cref="PairDataException">Files are faulty, or there are none; all faulty files are named.</exception>
    /// <exception cref="OperationCanceledException">The options' token was canceled.</exception>
    public ImageFileView LoadPairs(string folder, PairSide inputSide, ImageLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Load(ImageListing.OfFolder(ImageListing.Existing(folder)[0]), Halves(inputSide), options);
    }

    /// <summary>
    /// Loads pairs whose paths are listed in a CSV or TSV text file, one pair per line. Columns: "Input" and "Target", images, and
    /// "InputFile" and "TargetFile", text.
    /// </summary>
    /// <param name="path">The text file, in UTF-8. Relative paths in it are relative to its folder; fields may be quoted.</param>
    /// <param name="list">The format of a line.</param>
    /// <param name="options">What is checked and how faults are handled; the defaults if null.</param>
    /// <returns>The pairs in the order of the lines.</returns>
    /// <exception cref="FileNotFoundException">The text file does not exist.</exception>
    /// <exception cref="IOException">The text file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the text file is denied.</exception>
    /// <exception cref="PairDataException">
    /// Files are faulty or missing, lines name no file or cannot be read, or the header names images; all faults are reported.
    /// </exception>
    /// <exception cref="OperationCanceledException">The options' token was canceled.</exception>
    public ImageFileView LoadPairs(string path, TextPairOptions list, ImageLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(list);
        return Load(TextListing.Of(path, list), ImageColumns.Pairs, options);
    }
#pragma warning restore RS0026

    /// <summary>
    /// Loads a data set with a folder "train" and optional "val" and "test", each with images that contain a pair side by side.
    /// </summary>
    /// <param name="folder">The folder that contains these folders.</param>
    /// <param name="inputSide">The half that is the input.</param>
    /// <param name="options">What is checked and how faults are handled; the defaults if null.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist, or it contains no folder named "train".</exception>
    /// <exception cref="UnauthorizedAccessException">Access to folders is denied; all of them are named.</exception>
    /// <exception cref="ArgumentException">
    /// There are several folders for the same part, such as "val" and "valid", or "test" and "Test".
    /// </exception>
    /// <exception cref="PairDataException">Files are faulty, or a folder has none; the faults of all folders are named.</exception>
    /// <exception cref="OperationCanceledException">The options' token was canceled.</exception>
    public PairSplits LoadPairSplits(string folder, PairSide inputSide, ImageLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var folders = SplitFolders.In(folder);
        string?[] parts = [folders.Train, folders.Validation, folders.Test];
        var views = new Queue<ImageFileView>(ImageLoader.Load(
            [.. parts.OfType<string>().Select(ImageListing.OfFolder)], Halves(inputSide), options ?? ImageLoadOptions.Default, _mlContext));
        var sets = parts.Select(part => part is null ? null : views.Dequeue()).ToArray();
        return new PairSplits(sets[0]!, sets[1], sets[2]);
    }

    /// <summary>
    /// Loads a folder of single images, such as photographs from which inputs are computed. Columns: "Photo", images, and "File", text.
    /// </summary>
    /// <param name="folder">The folder of BMP, GIF, JPEG, PNG and WebP files; subfolders are ignored.</param>
    /// <param name="options">What is checked and how faults are handled; the defaults if null.</param>
    /// <returns>The images by file name, in ordinal order.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the folder is denied.</exception>
    /// <exception cref="PairDataException">Files are faulty, or there are none; all faulty files are named.</exception>
    /// <exception cref="OperationCanceledException">The options' token was canceled.</exception>
    public ImageFileView LoadImages(string folder, ImageLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Load(ImageListing.OfFolder(ImageListing.Existing(folder)[0]), ImageColumns.Photos, options);
    }

    /// <summary>
    /// Writes the first rows of a view as one PNG file, for inspection before training: the images of a row side by side, in the order of
    /// the columns. Works for any view with image columns.
    /// </summary>
    /// <param name="view">The rows. Its images are not disposed of.</param>
    /// <param name="path">The PNG file; a new file replaces an existing one when it is complete.</param>
    /// <param name="rows">The maximum number of rows; at least 1.</param>
    /// <exception cref="ArgumentException">The view has no image column or no rows, or the path does not end in .png.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is less than 1.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SavePreview(IDataView view, string path, int rows = 8)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        Preview.Save(view, path, rows);
    }

    /// <summary>Compares a column of translations with a column of target images.</summary>
    /// <remarks>
    /// The rows are read once, in order, on one thread, and compared on others; only a few batches of rows are in memory at a time. The
    /// view keeps ownership of its images; text columns identify the rows. Alpha is ignored. The scores do not depend on the number of
    /// threads. One line is written to <c>mlContext.Log</c>. If the palette is to be found, the targets are read twice.
    /// </remarks>
    /// <param name="data">The rows; two columns of <see cref="Microsoft.ML.Data.MLImage"/>.</param>
    /// <param name="translationColumnName">The column of translations.</param>
    /// <param name="targetColumnName">The column of targets, in each row of the same size as the translation.</param>
    /// <param name="options">What to compute; the defaults if null.</param>
    /// <param name="progress">Receives a report at intervals of several rows, on the calling thread.</param>
    /// <param name="cancel">Cancels the evaluation with an <see cref="OperationCanceledException"/>. Nothing is written then.</param>
    /// <exception cref="ArgumentException">
    /// A column is missing or does not contain images; options contradict each other; or the targets are not label maps and the palette was
    /// to be found in them.
    /// </exception>
    /// <exception cref="PairDataException">
    /// There are no rows, or images are null, unreadable or of two sizes: all such rows are named, or only the first hundred if no row
    /// before them is valid; or there is only one row for a feature network.
    /// </exception>
    /// <exception cref="InvalidDataException">The feature network is not usable.</exception>
    /// <exception cref="FileNotFoundException">The file of the feature network does not exist.</exception>
    /// <exception cref="IOException">The comparison page cannot be written, or the feature network's file cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The context requests a GPU that is not available to the feature network.</exception>
    public ImageTranslationMetrics Evaluate(
        IDataView data,
        string translationColumnName = "Output",
        string targetColumnName = "Target",
        EvaluationOptions? options = null,
        IProgress<ImageProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var columns = PairColumns.Two(translationColumnName, targetColumnName);
        using var run = new EvaluationRun(data, columns, options ?? EvaluationOptions.Default, _mlContext);
        return run.Evaluate(progress, cancel);
    }

    private static ImageColumns Halves(PairSide inputSide) => ImageColumns.SideBySide(Guard.Defined(inputSide, nameof(inputSide)));

    private ImageFileView Load(ImageListing listing, ImageColumns columns, ImageLoadOptions? options)
        => ImageLoader.Load([listing], columns, options ?? ImageLoadOptions.Default, _mlContext)[0];
}
