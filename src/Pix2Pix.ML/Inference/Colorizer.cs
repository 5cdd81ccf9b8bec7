using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Inference;

/// <summary>Joins the colours that a generator predicts at its own size with the lightness of a photograph at full resolution.</summary>
internal static class Colorizer
{
    /// <summary>A new image of the photograph's size, which belongs to the caller.</summary>
    public static MLImage Colorize(OnnxGenerator generator, MLImage photo)
    {
        var (options, pixels) = (generator.Shape, PixelLayout.ToRgba(photo));
        // Stretched where the shape differs: cut, as in a translation, it would have no colours at its borders.
        var small = ImageResizer.Resize(pixels, options.Width, options.Height, generator.Preprocessing.InputKernel);
        var chroma = new PixelImage(options.Width, options.Height, generator.Chroma(OnnxPixels.Pack(small)), options.Output.Count());
        var large = ImageResizer.Resize(chroma, pixels.Width, pixels.Height);
        return NativePressure.Of(PixelLayout.FromPixels(ChannelConversion.ToImage(large, options.Output, pixels)));
    }
}
