
namespace Pix2Pix.Imaging;

/// <summary>Converts the inputs and outputs of a network to displayable images: gray, RGB or RGBA.</summary>
internal static class NetworkPicture
{
    /// <summary>Converts an input to a displayable image.</summary>
    public static PixelImage OfInput(GeneratorOptions generator, PixelImage input) => ChannelConversion.ToImage(input, generator.Input);

    /// <summary>Converts an output or a target to a displayable image. Chroma is combined with the lightness of the input.</summary>
    public static PixelImage OfOutput(GeneratorOptions generator, PixelImage output, PixelImage input)
        => (generator.Input, generator.Output) == (ImageChannels.Lightness, ImageChannels.Chroma)
            ? ChannelConversion.FromLab(input, output)
            : ChannelConversion.ToImage(output, generator.Output, OfInput(generator, input));
}
