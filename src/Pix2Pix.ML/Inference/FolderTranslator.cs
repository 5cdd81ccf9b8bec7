using System.Diagnostics;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;
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
    private int _done;

    public FolderTranslator(OnnxGenerator generator, FolderFiles files)
    {
        (_generator, _files) = (generator, files);
        var images = ImageFileView.Of(Column, [.. files.All.Select(file => file.From)]);
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

        var image = batch.Translation(row)!; // a failure of the network is not a problem of the file
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
                Write(_generator, image, file.To);
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

    /// <summary>Writes a translation: gray as grayscale, RGB and chroma as RGB, RGBA with its transparency.</summary>
    public static void Write(OnnxGenerator generator, MLImage translation, string path)
    {
        var picture = PixelLayout.ToPicture(translation, generator.Shape.Output);
        AtomicFile.Write(path, stream => PngFile.Write(picture, stream));
    }
}
