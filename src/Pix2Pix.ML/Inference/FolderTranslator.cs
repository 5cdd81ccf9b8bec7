using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;
using Pix2Pix.ML.Persistence;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>Translates a folder's images, each to a PNG file: one is read and one is written while the network has another.</summary>
internal sealed class FolderTranslator : IDisposable
{
    private static readonly StageColumns Columns = new("Image", "Translation");

    private readonly OnnxGenerator _generator;
    private readonly FolderFiles _files;
    private readonly DataViewRowCursor _rows;
    private readonly ValueGetter<MLImage> _translation;
    private readonly List<string> _written = [];
    private readonly List<SkippedImage> _skipped = [];
    private Task _writing = Task.CompletedTask;

    public FolderTranslator(OnnxGenerator generator, FolderFiles files)
    {
        (_generator, _files) = (generator, files);
        var images = ImageFileView.Of(Columns.Input, [.. files.All.Select(file => file.From)]);
        var view = new TranslatingView(images, new TranslationSchema(images.Schema, Columns, generator), generator);
        var column = view.Schema[Columns.Output];
        _rows = view.GetRowCursor([column]);
        _translation = _rows.GetGetter<MLImage>(column);
    }

    /// <summary>Translates them all. A cancellation leaves whole files.</summary>
    public FolderTranslation Translate(IProgress<FolderProgress>? progress, CancellationToken cancel)
    {
        Directory.CreateDirectory(_files.Folder);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < _files.All.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            _rows.MoveNext();
            Translate(_files.All[i]);
            var (done, total) = (i + 1, _files.All.Count);
            progress?.Report(new FolderProgress(_files.All[i].From, done, total, watch.Elapsed, watch.Elapsed / done * (total - done)));
        }

        _writing.GetAwaiter().GetResult();
        return new FolderTranslation(_written, _skipped);
    }

    public void Dispose()
    {
        Task.WaitAny(_writing); // does not throw
        _rows.Dispose();
    }

    private void Translate(FolderFile file)
    {
        MLImage image = null!;
        try
        {
            _translation(ref image);
        }
        // Whatever a decoder throws for a bad file. That the transformer is gone is no fault of the file.
        catch (Exception e) when (e is not (OutOfMemoryException or ObjectDisposedException))
        {
            _skipped.Add(new SkippedImage(file.From, e.Message));
            return;
        }

        _writing.GetAwaiter().GetResult();
        _writing = Task.Run(() =>
        {
            using (image)
                Write(_generator, image, file.To);
        });
        _written.Add(file.To);
    }

    /// <summary>Writes a translation: gray as grayscale, RGB and chroma as RGB, RGBA with its transparency.</summary>
    public static void Write(OnnxGenerator generator, MLImage translation, string path)
    {
        var picture = PixelLayout.ToPicture(translation, generator.Generator.Output);
        AtomicFile.Write(path, stream => PngFile.Write(picture, stream));
    }
}
