using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// The images of several rows as bytes, and their translations, which are computed when the first of them is requested. Buffers are reused.
/// Not thread-safe.
/// </summary>
internal sealed class ImageBatch
{
    private readonly OnnxGenerator _generator;
    private readonly BatchedRow[] _rows;
    private readonly ImageSlot[] _slots;
    private byte[] _input = [];
    private byte[] _output = [];
    private int _images;
    private bool _translated;

    public ImageBatch(OnnxGenerator generator, int size)
    {
        _generator = generator;
        _rows = new BatchedRow[size];
        _slots = [.. Enumerable.Range(0, size).Select(_ => new ImageSlot())];
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == _rows.Length;

    /// <summary>Removes all rows.</summary>
    public void Clear()
    {
        Array.Clear(_rows);
        (Count, _images, _translated) = (0, 0, false);
    }

    /// <summary>Adds a row with its image, or null.</summary>
    public void Add(DataViewRowId id, MLImage? image, ImageInput input)
    {
        if (image is not null)
            input.Read(image, _slots[_images]);
        _rows[Count++] = new BatchedRow(id, image is null ? BatchedRow.NoImage : _images++, Error: null);
    }

    /// <summary>Adds a row whose image cannot be read; the error is thrown when its translation is requested.</summary>
    public void Add(DataViewRowId id, Exception error)
        => _rows[Count++] = new BatchedRow(id, BatchedRow.NoImage, ExceptionDispatchInfo.Capture(error));

    /// <summary>The id of a row.</summary>
    public DataViewRowId Id(int row) => _rows[row].Id;

    /// <summary>The reason that the image of a row cannot be read, or null if it can.</summary>
    public Exception? Error(int row) => _rows[row].Error?.SourceException;

    /// <summary>The translation of a row, as a new image; null if the row has no image.</summary>
    public MLImage? Translation(int row)
    {
        _rows[row].Error?.Throw();
        var image = _rows[row].Image;
        if (image == BatchedRow.NoImage)
            return null;
        if (_images == 1 || !SizedTranslation.IsBatched(_generator))
            return SizedTranslation.Translate(_generator, _slots[image]);
        if (!_translated)
            Translate();
        return SizedTranslation.Finish(
            _generator, _slots[image], _output.AsMemory(image * _generator.Shape.ImageLength, _generator.Shape.ImageLength));
    }

    private void Translate()
    {
        if (_input.Length == 0)
            (_input, _output) = (new byte[_rows.Length * _generator.Shape.ImageLength], new byte[_rows.Length * _generator.Shape.ImageLength]);
        for (var i = 0; i < _images; i++)
            _slots[i].Pixels.CopyTo(_input.AsMemory(i * _generator.Shape.ImageLength));
        _generator.Translate(_input, _output, _images);
        _translated = true;
    }

    private readonly record struct BatchedRow(DataViewRowId Id, int Image, ExceptionDispatchInfo? Error)
    {
        public const int NoImage = -1;
    }
}

/// <summary>A reusable buffer for one image that passes through the network. Not thread-safe.</summary>
internal sealed class ImageSlot
{
    private byte[] _pixels = [];
    private byte[] _output = [];

    /// <summary>The width of the network input in pixels.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>The width of the source image.</summary>
    public int SourceWidth { get; private set; }

    public int SourceHeight { get; private set; }

    /// <summary>The input bytes, (height, width, ABGR).</summary>
    public Memory<byte> Pixels => _pixels.AsMemory(0, 4 * Width * Height);

    /// <summary>The output buffer, with the length of <see cref="Pixels"/>; allocated on first use.</summary>
    public Memory<byte> Output
    {
        get
        {
            if (_output.Length < Pixels.Length)
                _output = new byte[Pixels.Length];
            return _output.AsMemory(0, Pixels.Length);
        }
    }

    /// <summary>Sizes the buffer for an image. Its contents are those of the previous image.</summary>
    public void Make(MLImage source, int width, int height)
    {
        (Width, Height, SourceWidth, SourceHeight) = (width, height, source.Width, source.Height);
        var length = AbgrImage.Length(width, height);
        if (_pixels.Length < length)
            _pixels = new byte[length];
    }
}

/// <summary>An image of bytes, (height, width, ABGR), extended by reflection beyond its right and bottom edges.</summary>
internal readonly record struct AbgrImage(ReadOnlyMemory<byte> Pixels, int Width, int Height)
{
    /// <summary>The size of an image in bytes.</summary>
    /// <exception cref="ArgumentException">The size exceeds the maximum array length.</exception>
    public static int Length(int width, int height) => 4L * width * height is var length && length <= Array.MaxLength
        ? (int)length
        : throw new ArgumentException(
            $"The image is {width}x{height}, which is too large to translate at its original size; expected at most " +
            $"{Array.MaxLength / 4} pixels. Resize it or cut it into parts.");

    /// <summary>Copies a region that may extend beyond those edges.</summary>
    public void Cut(int left, int top, int width, int height, Span<byte> abgr)
    {
        var from = MemoryMarshal.Cast<byte, uint>(Pixels.Span);
        var to = MemoryMarshal.Cast<byte, uint>(abgr);
        var inside = Math.Min(width, Width - left);
        for (var y = 0; y < height; y++)
        {
            var source = from.Slice(Mirrored(top + y, Height) * Width, Width);
            var row = to.Slice(y * width, width);
            source.Slice(left, inside).CopyTo(row);
            for (var x = inside; x < width; x++)
                row[x] = source[Mirrored(left + x, Width)];
        }
    }

    // 0 1 2 3 | 2 1 0 1 2 3 ...: the border itself is not repeated.
    private static int Mirrored(int position, int length)
    {
        if (length == 1)
            return 0;
        var period = 2 * (length - 1);
        var folded = position % period;
        return folded < length ? folded : period - folded;
    }
}
