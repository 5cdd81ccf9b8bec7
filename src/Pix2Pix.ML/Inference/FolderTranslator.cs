using System.Diagnostics;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>Translates the images of a folder, each to a PNG file. Reading, translating and writing overlap.</summary>
internal sealed class FolderTranslator : IDisposable
{
    private const string Column = "Image";

    private readonly OnnxGenerator _generator;
    private readonly FolderFiles _files;
    private readonly PrefetchedBatches _batches;
    private readonly List<string> _written = [];
    private readonly List<SkippedImage> _skipped = [];
    private readonly Stopwatch _watch = new();
    private Task _writing = Task.CompletedTask;
    private FolderFile? _toWrite; // the file being written
    private readonly int _quality;
    private int _done;

    public FolderTranslator(OnnxGenerator generator, FolderFiles files, int quality)
    {
        (_generator, _files, _quality) = (generator, files, quality);
        var images = ImageFileView.Of(Column, [.. files.All.Select(file => file.From)], generator.Options.Execution.Limits);
        var column = images.Schema[Column];
        var size = TranslatingView.BatchSize(generator, files.All.Count);
        _batches = new PrefetchedBatches(images.GetRowCursor([column]), column, generator, size, firstRow: 0);
    }

    /// <summary>Translates all images. Cancellation leaves no partially written files.</summary>
    public FolderTranslation Translate(IProgress<ImageProgress>? progress, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Directory.CreateDirectory(_files.Folder);
        _watch.Start();
        var next = 0;
        while (_batches.Next() is { } batch)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                cancel.ThrowIfCancellationRequested();
                Translate(_files.All[next++], batch, row, progress, cancel);
            }
        }

        EndWriting(progress);
        return new FolderTranslation(_written, _skipped);
    }

    public void Dispose()
    {
        Task.WaitAny(_writing); // does not throw
        _batches.Dispose();
    }

    private void Translate(FolderFile file, ImageBatch batch, int row, IProgress<ImageProgress>? progress, CancellationToken cancel)
    {
        if (batch.Error(row) is { } error)
        {
            EndWriting(progress);
            _skipped.Add(new SkippedImage(file.From, error.Message));
            Report(file, progress);
            return;
        }

        var image = batch.Translation(row)!; // a failure of the network is not caused by the file
        try
        {
            EndWriting(progress);
            cancel.ThrowIfCancellationRequested();
        }
        catch
        {
            image.Dispose();
            throw;
        }

        _toWrite = file;
        _writing = Task.Run(() =>
        {
            using (image)
                ImageWriter.Write(PixelLayout.ToPicture(image, _generator.Shape.Output), file.To, _quality);
        });
    }

    // The file exists by the time it is reported.
    private void EndWriting(IProgress<ImageProgress>? progress)
    {
        _writing.GetAwaiter().GetResult();
        if (_toWrite is not { } file)
            return;
        _toWrite = null;
        _written.Add(file.To);
        Report(file, progress);
    }

    private void Report(FolderFile file, IProgress<ImageProgress>? progress)
    {
        _done++;
        var toGo = _watch.Elapsed / _done * (_files.All.Count - _done);
        progress?.Report(new ImageProgress(_done, _files.All.Count, _watch.Elapsed, toGo, file.From));
    }
}

/// <summary>An image and the file for its translation, as full paths.</summary>
internal readonly record struct FolderFile(string From, string To);

/// <summary>The images of a folder and the output paths of their translations.</summary>
internal sealed class FolderFiles
{
    /// <summary>Finds the images; no image is read and nothing is written.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="ArgumentException">
    /// The folders are the same, there are no images, or the translations of some images would have the same name or replace an image; the
    /// message names all of them.
    /// </exception>
    public FolderFiles(string from, string to, string extension)
    {
        (from, Folder) = (Path.GetFullPath(from), Path.GetFullPath(to));
        if (!Directory.Exists(from))
            throw new DirectoryNotFoundException($"The folder '{from}' does not exist; expected a folder with images.");
        if (RealPath.Same(from, Folder))
            throw new ArgumentException($"Translations would overwrite the images in '{from}'; choose another output folder.", nameof(to));
        All = [.. ImageFiles.In(from).Select(image => new FolderFile(image, Path.Combine(Folder, Path.GetFileNameWithoutExtension(image) + extension)))];
        if (All.Count == 0)
            throw new ArgumentException($"The folder '{from}' has no images; expected BMP, GIF, JPEG, PNG or WebP files.", nameof(from));
        CheckNames();
        CheckLinks();
    }

    /// <summary>The output folder, which may not exist yet.</summary>
    public string Folder { get; }

    /// <summary>All files, sorted by name; at least one.</summary>
    public IReadOnlyList<FolderFile> All { get; }

    // An image may be a link to a file in the output folder, which the translation of any image might replace.
    private void CheckLinks()
    {
        if (Linked() is not { Count: > 0 } linked)
            return;
        var folder = RealPath.Of(Folder);
        var written = All.Select(file => Path.Combine(folder, Path.GetFileName(file.To))).ToHashSet();
        string[] same = [.. linked.Where(link => written.Contains(link.Target)).Select(link => $"{link.File} -> {link.Target}")];
        if (same.Length > 0)
        {
            throw new ArgumentException(
                $"The translations would overwrite {Pluralize.Of(same.Length, "input image")} that the folder links to; choose another " +
                "output folder:\n  " +
                string.Join("\n  ", same));
        }
    }

    // A broken or cyclic link is an unreadable image, which is skipped later.
    private List<(string File, string Target)> Linked()
    {
        List<(string, string)> links = [];
        foreach (var file in All.Where(file => new FileInfo(file.From).LinkTarget is not null))
        {
            try
            {
                links.Add((file.From, RealPath.Of(file.From)));
            }
            catch (IOException)
            {
            }
        }

        return links;
    }

    // Checked on every file system: files copied to a case-insensitive file system later would overwrite each other.
    private void CheckNames()
    {
        string[] same =
        [
            .. All.GroupBy(file => file.To, StringComparer.OrdinalIgnoreCase).Where(files => files.Count() > 1)
                .Select(files => $"{string.Join(" and ", files.Select(file => Path.GetFileName(file.From)))}: " +
                    $"{Path.GetFileName(files.Key)}"),
        ];
        if (same.Length > 0)
        {
            throw new ArgumentException(
                "Some images differ only in their extension or in letter case, so their translations would have the same name. Rename " +
                $"them:\n  {string.Join("\n  ", same)}");
        }
    }
}
