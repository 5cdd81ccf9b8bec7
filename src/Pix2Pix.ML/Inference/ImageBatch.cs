using System.Runtime.ExceptionServices;
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
