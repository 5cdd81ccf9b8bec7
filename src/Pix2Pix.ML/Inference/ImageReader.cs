using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>Reads rows of a cursor into batches. Not thread-safe.</summary>
internal sealed class ImageReader : IDisposable
{
    private readonly ImageInput _input;
    private readonly ValueGetter<DataViewRowId> _id;
    private readonly ValueGetter<MLImage> _image;

    // ML.NET's loaders dispose of an image that is passed back to them. A new variable for each row would leave decoded images to the
    // garbage collector, which does not see their native memory.
    private MLImage? _value;

    public ImageReader(DataViewRow row, DataViewSchema.Column column, OnnxGenerator generator)
    {
        _input = new ImageInput(generator);
        _id = row.GetIdGetter();
        _image = row.GetGetter<MLImage>(column);
    }

    /// <summary>Adds the current row, or the reason that its image cannot be read.</summary>
    public void Read(ImageBatch batch)
    {
        DataViewRowId id = default;
        _id(ref id);
        try
        {
            _image(ref _value!);
            batch.Add(id, _value, _input);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            batch.Add(id, e);
        }
    }

    public void Dispose() => _input.Dispose();
}
