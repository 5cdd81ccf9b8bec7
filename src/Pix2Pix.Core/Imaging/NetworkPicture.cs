
namespace Pix2Pix.Imaging;

/// <summary>What a network sees and gives, as pictures for people: gray, RGB or RGBA.</summary>
internal static class NetworkPicture
{
    /// <summary>The picture of an input.</summary>
    public static PixelImage OfInput(GeneratorOptions generator, PixelImage input) => ChannelConversion.ToImage(input, generator.Input);

    /// <summary>The picture of an output, or of a target. Chroma alone is no picture: it gets the lightness that it is seen with.</summary>
    public static PixelImage OfOutput(GeneratorOptions generator, PixelImage output, PixelImage input)
        => (generator.Input, generator.Output) == (ImageChannels.Lightness, ImageChannels.Chroma)
            ? ChannelConversion.FromLab(input, output)
            : ChannelConversion.ToImage(output, generator.Output, OfInput(generator, input));
}
