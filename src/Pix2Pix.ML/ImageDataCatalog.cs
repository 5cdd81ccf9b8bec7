using Pix2Pix;
using Pix2Pix.ML;
using Pix2Pix.ML.Data;

// ML.NET's own namespace: who writes "using Microsoft.ML" finds these methods.
namespace Microsoft.ML;

/// <summary>
/// Loads pairs of images, and photographs, from files. Every file is looked into before the first is used, and everything wrong is said at
/// once; images are then read as a cursor asks for them.
/// </summary>
public static class ImageDataCatalog
{
    /// <summary>
    /// Loads a folder of images that each hold a pair side by side, as the public data sets do. Columns: "Input" and "Target", images, and
    /// "File", text.
    /// </summary>
    /// <param name="catalog">The data catalog.</param>
    /// <param name="folder">The folder of BMP, GIF, JPEG, PNG and WebP files; not of those below it.</param>
    /// <param name="inputSide">The half that is the input.</param>
    /// <param name="options">What is checked, and what is done about faults; the defaults where null.</param>
    /// <param name="mlContext">Where to log. ML.NET shows a catalog's context to nobody, so it has to be given.</param>
    /// <returns>The pairs by file name, in ordinal order.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    /// <exception cref="PairDataException">Files are faulty, or there are none: all of them are named.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
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

    /// <summary>As <see cref="LoadSideBySidePairs"/>, of a data set with the folders "train", and perhaps "val" and "test".</summary>
    /// <param name="catalog">The data catalog.</param>
    /// <param name="folder">The folder that has these.</param>
    /// <param name="inputSide">The half that is the input.</param>
    /// <param name="options">What is checked, and what is done about faults; the defaults where null.</param>
    /// <param name="mlContext">Where to log.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder, or none inside it that is named "train".</exception>
    /// <exception cref="UnauthorizedAccessException">Folders may not be read; all of them are named.</exception>
    /// <exception cref="ArgumentException">
    /// There are several folders for one part, such as "val" and "valid", or "test" and "Test".
    /// </exception>
    /// <exception cref="PairDataException">Files are faulty, or a folder has none: all of them are named, of all folders.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
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
    /// Loads the images of two folders that have the same names but for their endings: "a.jpg" and "a.png" are a pair. Columns: "Input" and
    /// "Target", images, and "InputFile" and "TargetFile", text.
    /// </summary>
    /// <param name="catalog">The data catalog.</param>
    /// <param name="inputFolder">The folder of inputs; not of those below it.</param>
    /// <param name="targetFolder">The folder of targets; not of those below it.</param>
    /// <param name="options">What is checked, and what is done about faults; the defaults where null.</param>
    /// <param name="mlContext">Where to log.</param>
    /// <returns>The pairs by the inputs' file names, in ordinal order.</returns>
    /// <exception cref="DirectoryNotFoundException">A folder is not there; both are named where neither is.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read; both are named where neither may.</exception>
    /// <exception cref="ArgumentException">Both folders are one.</exception>
    /// <exception cref="PairDataException">
    /// Files are faulty, have no partner or several, or there are none: all of them are named.
    /// </exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
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
    /// Loads pairs whose paths stand in a text file, a pair on each line: CSV or TSV. Columns: "Input" and "Target", images, and
    /// "InputFile" and "TargetFile", text.
    /// </summary>
    /// <param name="catalog">The data catalog.</param>
    /// <param name="path">The text file, in UTF-8. Relative paths in it begin at its folder; fields may be quoted.</param>
    /// <param name="text">Where on a line the paths stand; the defaults where null.</param>
    /// <param name="options">What is checked, and what is done about faults; the defaults where null.</param>
    /// <param name="mlContext">Where to log.</param>
    /// <returns>The pairs in the order of the lines.</returns>
    /// <exception cref="FileNotFoundException">There is no such text file.</exception>
    /// <exception cref="IOException">The text file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The text file may not be read.</exception>
    /// <exception cref="PairDataException">
    /// Files are faulty or not there, or lines name none or cannot be read, or the header names images: all of it is said.
    /// </exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
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

    /// <summary>
    /// Loads a folder of photographs, from which inputs are then computed. Columns: "Photo", images, and "File", text.
    /// </summary>
    /// <param name="catalog">The data catalog.</param>
    /// <param name="folder">The folder of BMP, GIF, JPEG, PNG and WebP files; not of those below it.</param>
    /// <param name="options">What is checked, and what is done about faults; the defaults where null.</param>
    /// <param name="mlContext">Where to log.</param>
    /// <returns>The photographs by file name, in ordinal order.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    /// <exception cref="PairDataException">Files are faulty, or there are none: all of them are named.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public static ImageFileView LoadPhotos(
        this DataOperationsCatalog catalog, string folder, ImageLoadOptions? options = null, MLContext? mlContext = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Load(ImageListing.OfFolder(ImageListing.Existing(folder)[0]), ImageColumns.Photos, options, mlContext);
    }

    /// <summary>
    /// Writes the first rows of a view as one PNG file, to be looked at before a training: the images of a row side by side, in the order
    /// of the columns. Of any view with columns of images, however it was made.
    /// </summary>
    /// <param name="catalog">The data catalog.</param>
    /// <param name="view">The rows. Its images are not disposed of.</param>
    /// <param name="path">The PNG file; a new one replaces an old one when it is complete.</param>
    /// <param name="rows">How many rows, at most; at least 1.</param>
    /// <exception cref="ArgumentException">The view has no column of images, or no rows, or the path does not end in .png.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one row.</exception>
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
