using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Inference;

/// <summary>Converts images of any size to the bytes that a generator takes. Not thread-safe; use one per row or thread.</summary>
internal sealed class ImageInput : IDisposable
{
    private readonly OnnxGenerator _generator;
    private StockResizer? _resizer;

    public ImageInput(OnnxGenerator generator) => _generator = generator;

    /// <summary>Writes the image to the slot. The image is neither modified nor kept.</summary>
    public void Read(MLImage image, ImageSlot slot)
    {
        var shape = _generator.Shape;
        switch (_generator.Sizing.Kind)
        {
            case ImageSizing.Tiles:
                slot.Make(image, image.Width, image.Height);
                PixelLayout.ToAbgr(image, slot.Pixels.Span);
                break;
            case ImageSizing.OriginalSize:
                slot.Make(image, shape.Fitting(image.Width), shape.Fitting(image.Height));
                Mirrored(image, slot);
                break;
            case ImageSizing.StretchAndRestore:
                slot.Make(image, shape.Width, shape.Height);
                OnnxPixels.Pack(Stretched(image)).CopyTo(slot.Pixels);
                break;
            default:
                slot.Make(image, shape.Width, shape.Height);
                AtModelSize(image, slot.Pixels.Span);
                break;
        }
    }

    public void Dispose() => _resizer?.Dispose();

    private void AtModelSize(MLImage image, Span<byte> abgr)
    {
        if (image.Width == _generator.Shape.Width && image.Height == _generator.Shape.Height)
        {
            PixelLayout.ToAbgr(image, abgr);
            return;
        }

        _resizer ??= new StockResizer(_generator);
        using var resized = _resizer.Resize(image);
        PixelLayout.ToAbgr(resized, abgr);
    }

    private PixelImage Stretched(MLImage image) => ImageResizer.Resize(
        PixelLayout.ToRgba(image), _generator.Shape.Width, _generator.Shape.Height, _generator.Preprocessing.InputKernel);

    private static void Mirrored(MLImage image, ImageSlot slot)
    {
        var pixels = new byte[AbgrImage.Length(image.Width, image.Height)];
        PixelLayout.ToAbgr(image, pixels);
        new AbgrImage(pixels, image.Width, image.Height).Cut(0, 0, slot.Width, slot.Height, slot.Pixels.Span);
    }
}

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

/// <summary>Synthetic images for comparing models: colors that change slowly, with noise.</summary>
internal static class DrawnImage
{
    private const int Channels = 4;
    private const double Noise = 40; // levels, for each index

    /// <summary>Draws an RGBA image. The same index gives the same image; the higher the index, the more noise.</summary>
    public static PixelImage Draw(int width, int height, int index)
    {
        var random = new Random(index);
        var image = new PixelImage(width, height, new byte[width * height * Channels], Channels);
        for (var pixel = 0; pixel < width * height; pixel++)
        {
            var (x, y) = ((double)(pixel % width) / width, (double)(pixel / width) / height);
            for (var channel = 0; channel < Channels; channel++)
            {
                var wave = Math.Sin((x * (channel + 1) * 4) + (y * (index + 1) * 3) + channel);
                var level = 127.5 + (100 * wave) + (Noise * index * (random.NextDouble() - 0.5));
                image.Pixels[(pixel * Channels) + Channels - 1 - channel] = (byte)Math.Clamp(level, 0, 255);
            }
        }

        return image;
    }
}

/// <summary>Combines the colors that a generator predicts at its own size with the lightness of a photograph at full resolution.</summary>
internal static class Colorizer
{
    /// <summary>Returns a new image of the photograph's size, which the caller owns.</summary>
    public static MLImage Colorize(OnnxGenerator generator, MLImage photo)
    {
        var (options, pixels) = (generator.Shape, PixelLayout.ToRgba(photo));
        // The input is stretched if the aspect ratio differs: cropping, as in a translation, would leave the borders without color.
        var small = ImageResizer.Resize(pixels, options.Width, options.Height, generator.Preprocessing.InputKernel);
        var chroma = new PixelImage(options.Width, options.Height, generator.Chroma(OnnxPixels.Pack(small)), options.Output.Count());
        var large = ImageResizer.Resize(chroma, pixels.Width, pixels.Height);
        return NativePressure.Of(PixelLayout.FromPixels(ChannelConversion.ToImage(large, options.Output, pixels)));
    }
}

/// <summary>
/// Resizes an image with the same ML.NET transform as the saved pipeline, so that both give the same pixels. Not thread-safe; use one per
/// row or cursor.
/// </summary>
internal sealed class StockResizer : IDisposable
{
    private const string Source = "source";
    private const string Resized = "resized";

    private readonly ImageRow _source;
    private readonly DataViewRow _row;
    private readonly ValueGetter<MLImage> _getter;

    public StockResizer(OnnxGenerator generator)
    {
        var view = ImageFileView.Of(Source, []);
        ITransformer transformer = Estimator(new MLContext(), Resized, Source, generator).Fit(view);
        var mapper = transformer.GetRowToRowMapper(view.Schema);
        var column = mapper.OutputSchema[Resized];
        _source = new ImageRow(view.Schema);
        _row = mapper.GetRow(_source, [column]);
        _getter = _row.GetGetter<MLImage>(column);
    }

    /// <summary>The resizing step of the saved pipeline; an image that already has the right size is unchanged.</summary>
    public static ImageResizingEstimator Estimator(MLContext mlContext, string output, string input, OnnxGenerator generator)
        => mlContext.Transforms.ResizeImages(
            output, generator.Shape.Width, generator.Shape.Height, input, Resizing(generator.Preprocessing.InputKernel));

    // Fill is nearest neighbor and selects the same pixels as ResizeKernel.Nearest, except at rare sizes where its single precision rounds
    // to an adjacent pixel (for example, 1024 to 96 pixels). IsoCrop interpolates.
    private static ImageResizingEstimator.ResizingKind Resizing(ResizeKernel kernel)
        => kernel == ResizeKernel.Nearest ? ImageResizingEstimator.ResizingKind.Fill : ImageResizingEstimator.ResizingKind.IsoCrop;

    /// <summary>
    /// Returns a new image of the generator's size, center-cropped if the aspect ratio differs. The caller disposes of it.
    /// </summary>
    public MLImage Resize(MLImage image)
    {
        _source.Image = image;
        MLImage resized = null!;
        _getter(ref resized);
        return resized;
    }

    public void Dispose() => _row.Dispose();

    private sealed class ImageRow : DataViewRow
    {
        public ImageRow(DataViewSchema schema) => Schema = schema;

        public MLImage? Image { get; set; }

        public override long Position => 0;

        public override long Batch => 0;

        public override DataViewSchema Schema { get; }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ValueGetter<MLImage> getter = (ref MLImage value) => value = Image!;
            return (ValueGetter<TValue>)(object)getter;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = default;
    }
}
