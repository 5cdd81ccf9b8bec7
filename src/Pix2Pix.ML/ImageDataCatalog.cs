using Pix2Pix;
using Pix2Pix.ML;
using Pix2Pix.ML.Data;

// Declared in ML.NET's namespace, so that "using Microsoft.ML" is enough to find these methods.
namespace Microsoft.ML;

/// <summary>
/// Loads image pairs and photographs from files. All files are checked before the first is used, and all faults are reported at once;
/// images are then read as a cursor requests them.
/// </summary>
public static class ImageDataCatalog
{
    /// <summary>
    /// Loads a folder of images that each contain a pair side by side, as in the public data sets. Columns: "Input" and "Target", images,
    /// and "File", text.
    /// </summary>
    /// <param name="catalog">The data catalog.</param>
    /// <param name="folder">The folder of BMP, GIF, JPEG, PNG and WebP files; subfolders are ignored.</param>
    /// <param name="inputSide">The half that is the input.</param>
    /// <param name="options">What is checked and how faults are handled; the defaults if null.</param>
    /// <param name="mlContext">The context to log to. ML.NET does not expose a catalog's MLContext, so pass it here.</param>
    /// <returns>The pairs by file name, in ordinal order.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the folder is denied.</exception>
    /// <exception cref="PairDataException">Files are faulty, or there are none; all faulty files are named.</exception>
    /// <exception cref="OperationCanceledException">The options' token was canceled.</exception>
    public static ImageFileView LoadSideBySidePairs(
        this DataOperationsCatalog catalog,
        string folder,
        PairSide inputSide = PairSide.Left,
        ImageLoadOptions? options = null,
        MLContext? mlContext = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Load(ImageListing.OfFolder(ImageListing.Existing(folder)[0]), Halves(inputSide), options, mlContext);
    }

    /// <summary>Loads a data set with a folder "train" and optional "val" and "test", as <see cref="LoadSideBySidePairs"/> does.</summary>
    /// <param name="catalog">The data catalog.</param>
    /// <param name="folder">The folder that contains these folders.</param>
    /// <param name="inputSide">The half that is the input.</param>
    /// <param name="options">What is checked and how faults are handled; the defaults if null.</param>
    /// <param name="mlContext">The context to log to.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist, or it contains no folder named "train".</exception>
    /// <exception cref="UnauthorizedAccessException">Access to folders is denied; all of them are named.</exception>
    /// <exception cref="ArgumentException">
    /// There are several folders for the same part, such as "val" and "valid", or "test" and "Test".
    /// </exception>
    /// <exception cref="PairDataException">Files are faulty, or a folder has none; the faults of all folders are named.</exception>
    /// <exception cref="OperationCanceledException">The options' token was canceled.</exception>
    public static PairSplits LoadSideBySideSplits(
        this DataOperationsCatalog catalog,
        string folder,
        PairSide inputSide = PairSide.Left,
        ImageLoadOptions? options = null,
        MLContext? mlContext = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var folders = SplitFolders.In(folder);
        string?[] parts = [folders.Train, folders.Validation, folders.Test];
        var views = new Queue<ImageFileView>(ImageLoader.Load(
            [.. parts.OfType<string>().Select(ImageListing.OfFolder)], Halves(inputSide), options ?? ImageLoadOptions.Default, mlContext));
        var sets = parts.Select(part => part is null ? null : views.Dequeue()).ToArray();
        return new PairSplits(sets[0]!, sets[1], sets[2]);
    }

    /// <summary>
    /// Loads pairs from two folders, matched by file name without extension: "a.jpg" and "a.png" are a pair. Columns: "Input" and "Target",
    /// images, and "InputFile" and "TargetFile", text.
    /// </summary>
    /// <param name="catalog">The data catalog.</param>
    /// <param name="inputFolder">The folder of inputs; subfolders are ignored.</param>
    /// <param name="targetFolder">The folder of targets; subfolders are ignored.</param>
    /// <param name="options">What is checked and how faults are handled; the defaults if null.</param>
    /// <param name="mlContext">The context to log to.</param>
    /// <returns>The pairs by the inputs' file names, in ordinal order.</returns>
    /// <exception cref="DirectoryNotFoundException">A folder does not exist; both are named if neither exists.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a folder is denied; both are named if this is so for both.</exception>
    /// <exception cref="ArgumentException">Both folders are the same.</exception>
    /// <exception cref="PairDataException">
    /// Files are faulty, have no matching file or several, or there are none; all of them are named.
    /// </exception>
    /// <exception cref="OperationCanceledException">The options' token was canceled.</exception>
    public static ImageFileView LoadPairs(
        this DataOperationsCatalog catalog,
        string inputFolder,
        string targetFolder,
        ImageLoadOptions? options = null,
        MLContext? mlContext = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(inputFolder);
        ArgumentException.ThrowIfNullOrEmpty(targetFolder);
        var folders = ImageListing.Existing(inputFolder, targetFolder);
        if (RealPath.Same(folders[0], folders[1]))
        {
            throw new ArgumentException(
                $"Inputs and targets are both in '{folders[0]}'; expected two folders. Load one folder by LoadPhotos, or LoadSideBySidePairs.",
                nameof(targetFolder));
        }

        return Load(ImageListing.OfFolders(folders[0], folders[1]), ImageColumns.Pairs, options, mlContext);
    }

    /// <summary>
    /// Loads pairs whose paths are listed in a CSV or TSV text file, one pair per line. Columns: "Input" and "Target", images, and
    /// "InputFile" and "TargetFile", text.
    /// </summary>
    /// <param name="catalog">The data catalog.</param>
    /// <param name="path">The text file, in UTF-8. Relative paths in it are relative to its folder; fields may be quoted.</param>
    /// <param name="text">The format of a line; the defaults if null.</param>
    /// <param name="options">What is checked and how faults are handled; the defaults if null.</param>
    /// <param name="mlContext">The context to log to.</param>
    /// <returns>The pairs in the order of the lines.</returns>
    /// <exception cref="FileNotFoundException">The text file does not exist.</exception>
    /// <exception cref="IOException">The text file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the text file is denied.</exception>
    /// <exception cref="PairDataException">
    /// Files are faulty or missing, lines name no file or cannot be read, or the header names images; all faults are reported.
    /// </exception>
    /// <exception cref="OperationCanceledException">The options' token was canceled.</exception>
    public static ImageFileView LoadPairsFromTextFile(
        this DataOperationsCatalog catalog,
        string path,
        TextPairOptions? text = null,
        ImageLoadOptions? options = null,
        MLContext? mlContext = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Load(TextListing.Of(path, text ?? TextPairOptions.Default), ImageColumns.Pairs, options, mlContext);
    }

    /// <summary>Loads a folder of photographs from which inputs are computed. Columns: "Photo", images, and "File", text.</summary>
    /// <param name="catalog">The data catalog.</param>
    /// <param name="folder">The folder of BMP, GIF, JPEG, PNG and WebP files; subfolders are ignored.</param>
    /// <param name="options">What is checked and how faults are handled; the defaults if null.</param>
    /// <param name="mlContext">The context to log to.</param>
    /// <returns>The photographs by file name, in ordinal order.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the folder is denied.</exception>
    /// <exception cref="PairDataException">Files are faulty, or there are none; all faulty files are named.</exception>
    /// <exception cref="OperationCanceledException">The options' token was canceled.</exception>
    public static ImageFileView LoadPhotos(
        this DataOperationsCatalog catalog, string folder, ImageLoadOptions? options = null, MLContext? mlContext = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Load(ImageListing.OfFolder(ImageListing.Existing(folder)[0]), ImageColumns.Photos, options, mlContext);
    }

    /// <summary>
    /// Writes the first rows of a view as one PNG file, for inspection before training: the images of a row side by side, in the order of
    /// the columns. Works for any view with image columns.
    /// </summary>
    /// <param name="catalog">The data catalog.</param>
    /// <param name="view">The rows. Its images are not disposed of.</param>
    /// <param name="path">The PNG file; a new file replaces an existing one when it is complete.</param>
    /// <param name="rows">The maximum number of rows; at least 1.</param>
    /// <exception cref="ArgumentException">The view has no image column or no rows, or the path does not end in .png.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is less than 1.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SavePreview(this DataOperationsCatalog catalog, IDataView view, string path, int rows = 8)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        Preview.Save(view, path, rows);
    }

    private static ImageColumns Halves(PairSide inputSide) => Enum.IsDefined(inputSide)
        ? ImageColumns.SideBySide(inputSide)
        : throw new ArgumentOutOfRangeException(nameof(inputSide), inputSide, $"inputSide is {inputSide}; expected Left or Right.");

    private static ImageFileView Load(ImageListing listing, ImageColumns columns, ImageLoadOptions? options, MLContext? mlContext)
        => ImageLoader.Load([listing], columns, options ?? ImageLoadOptions.Default, mlContext)[0];
}
