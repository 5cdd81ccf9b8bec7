using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests.Data;

public sealed class LoadImagesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pix2pix-loading-").FullName;
    private readonly MLContext _context = new();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void LoadImages_16Bits_AreReadAs8AndNoted()
    {
        Write("deep.png", ImageBytes.Png16());
        Write("usual.png", ImageBytes.Png(1));
        var lines = new List<string>();
        _context.Log += (_, line) => lines.Add(line.Message);

        var view = _context.ImageTranslation.LoadImages(_root);

        Assert.Equal([$"'{PathOf("deep.png")}' has 16 bits per channel; only the upper 8 are used."], view.Notes);
        Assert.Contains(lines, line => line.Contains(
            $"Found 1 file with 16 bits per channel in '{_root}'; only the upper 8 are used. The first file is '{PathOf("deep.png")}'."));
        var image = PixelLayout.ToRgba(First(view, "Photo"));
        Assert.Equal([3, 3, 3, 255], image.Pixels[12..16]);
    }

    [Fact]
    public void LoadImages_FaultFoundLater_IsAnErrorAtItsRow()
    {
        Write("a.png", ImageBytes.PngBomb(16, 12));
        Write("b.png", ImageBytes.Png(1));

        var view = _context.ImageTranslation.LoadImages(_root, new ImageLoadOptions { DecodeAll = false });

        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Photo"]);
        MLImage image = null!;
        Assert.True(cursor.MoveNext());
        Assert.Contains($"'{PathOf("a.png")}' is ", Assert.Throws<InvalidDataException>(() => getter(ref image)).Message);
        Assert.True(cursor.MoveNext());
        getter(ref image);
        Assert.Equal(16, image.Width);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void LoadImages_BeyondTheLimits_NamesThem()
    {
        Write("a.png", ImageBytes.Png(1, 16, 12));
        Write("b.bmp", ImageBytes.Bmp(1, 32, 24));
        var options = new ImageLoadOptions { MaxPixels = 100, MaxFileLength = 2000 };

        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadImages(_root, options));

        Assert.Contains(
            $"'{PathOf("a.png")}' is 16x12, more than MaxPixels (100); resize it, cut it into parts, or set MaxPixels.", error.Message);
        Assert.Contains($"'{PathOf("b.bmp")}' has 2,358 bytes, more than MaxFileLength (2,000); resize it, or set MaxFileLength.", error.Message);
    }

    /// <summary>A file may have grown since it was checked.</summary>
    [Fact]
    public void LoadImages_ReplacedByALargerFile_KeepsTheLimits()
    {
        Write("a.png", ImageBytes.Png(1, 16, 12));
        var view = _context.ImageTranslation.LoadImages(_root, new ImageLoadOptions { MaxPixels = 200 });
        Write("a.png", ImageBytes.Png(1, 32, 24));

        Assert.Contains("is 32x24, more than MaxPixels (200)", Assert.Throws<InvalidDataException>(() => First(view, "Photo")).Message);
    }

    [Fact]
    public void LoadImages_ProgressAndCancel_AreHonored()
    {
        for (var i = 0; i < 20; i++)
            Write($"{i:00}.png", ImageBytes.Png(i));
        using var cancel = new CancellationTokenSource();
        var done = new List<long>();
        var options = new ImageLoadOptions { Progress = new Recorder(done.Add), Cancel = cancel.Token };

        _context.ImageTranslation.LoadImages(_root, options);

        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), done);
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _context.ImageTranslation.LoadImages(_root, options));
    }

    [Fact]
    public void GetRowCursor_Shuffled_GivesEachRowOnceWithItsId()
    {
        for (var i = 0; i < 20; i++)
            Write($"{i:00}.png", ImageBytes.Png(i));
        var view = _context.ImageTranslation.LoadImages(_root);

        using var cursor = view.GetRowCursor(view.Schema, new Random(1));
        var (path, id) = (cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["File"]), cursor.GetIdGetter());
        var rows = new List<(ulong Id, string File)>();
        while (cursor.MoveNext())
        {
            ReadOnlyMemory<char> file = default;
            DataViewRowId row = default;
            path(ref file);
            id(ref row);
            rows.Add((row.Low, Path.GetFileNameWithoutExtension(file.ToString())));
        }

        Assert.All(rows, row => Assert.Equal(row.File, $"{row.Id:00}"));
        Assert.Equal(20, rows.Distinct().Count());
        Assert.NotEqual(rows.Order(), rows);
    }

    private sealed class Recorder(Action<long> report) : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value) => report(value.Done);
    }

    private static MLImage First(IDataView view, string column)
    {
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        MLImage image = null!;
        cursor.MoveNext();
        cursor.GetGetter<MLImage>(view.Schema[column])(ref image);
        return image;
    }

    private string PathOf(string name) => Path.GetFullPath(Path.Combine(_root, name));

    private void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), bytes);
    }
}
