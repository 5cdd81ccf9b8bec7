using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Inference;

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
