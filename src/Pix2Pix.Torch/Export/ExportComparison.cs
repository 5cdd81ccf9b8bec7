using Pix2Pix.Imaging;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Optimization;

namespace Pix2Pix.Torch.Export;

/// <summary>Compares what an exported model gives for an image with what TorchSharp and <see cref="ChannelConversion"/> give.</summary>
public static class ExportComparison
{
    /// <summary>The largest difference, and the share of bytes that differ.</summary>
    /// <param name="generator">The generator that was exported.</param>
    /// <param name="inference">As it was exported.</param>
    /// <param name="image">Of the generator's size: gray, RGB or RGBA.</param>
    /// <param name="abgr">What the exported model gave for <see cref="OnnxPixels.Pack"/> of the image.</param>
    /// <param name="chroma">Its output <see cref="OnnxNames.Chroma"/>; empty where it has none.</param>
    /// <remarks>
    /// Chroma is compared as such, and the picture with that of the model's own chroma: one level more of a or b is up to three of red,
    /// green and blue.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The image has not the generator's size, or has two channels; or there are more or fewer bytes than its pixels need.
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
