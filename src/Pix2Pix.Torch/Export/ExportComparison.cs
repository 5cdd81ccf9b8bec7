using Pix2Pix.Imaging;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Optimization;

namespace Pix2Pix.Torch.Export;

/// <summary>Compares the output of an exported model with that of TorchSharp and <see cref="ChannelConversion"/>.</summary>
public static class ExportComparison
{
    /// <summary>Computes the largest difference and the fraction of bytes that differ.</summary>
    /// <param name="generator">The generator that was exported.</param>
    /// <param name="inference">The inference options that it was exported with.</param>
    /// <param name="image">An image of the generator's size: gray, RGB or RGBA.</param>
    /// <param name="abgr">The output of the exported model for <see cref="OnnxPixels.Pack"/> of the image.</param>
    /// <param name="chroma">The model's output <see cref="OnnxNames.Chroma"/>; empty if it has none.</param>
    /// <remarks>
    /// Chroma is compared directly, and the image is compared with the one computed from the model's own chroma, because one level of a or
    /// b is up to three levels of red, green and blue.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The image does not have the generator's size, or has two channels; or the number of bytes does not match its pixels.
    /// </exception>
    public static ByteDifference Difference(
        Generator generator, InferenceOptions inference, PixelImage image, ReadOnlySpan<byte> abgr, ReadOnlySpan<byte> chroma)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var exact = TensorFloat32.On(generator.Device, allowed: false);
        var options = generator.Options;
        var values = generator.Translate(ChannelConversion.ToChannels(image, options.Input), inference);
        if (options.Output != ImageChannels.Chroma)
            return ByteDifference.Between(OnnxPixels.Pack(ChannelConversion.ToImage(values, options.Output, image)), abgr);

        var exported = new PixelImage(image.Width, image.Height, chroma.ToArray(), values.Channels);
        var picture = OnnxPixels.Pack(ChannelConversion.ToImage(exported, options.Output, image));
        return ByteDifference.Between(values.Pixels, chroma).Or(ByteDifference.Between(picture, abgr));
    }
}
