using System.ComponentModel;
using System.Security.Cryptography;
using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

public class ChannelConversionTests
{
    [Fact]
    public void ToChannels_GrayOfAllColors_IsPillows()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var row = new PixelImage(256, 256);
        for (var red = 0; red < 256; red++)
        {
            for (var i = 0; i < 65536; i++)
                (row.Pixels[3 * i], row.Pixels[3 * i + 1], row.Pixels[3 * i + 2]) = ((byte)red, (byte)(i >> 8), (byte)i);
            hash.AppendData(ChannelConversion.ToChannels(row, ImageChannels.Gray).Pixels);
        }

        Assert.Equal(
            ReferenceFile.Json("luma.json").GetProperty("sha256").GetString(), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // Red, a gray, and one that is transparent; in bytes of L*a*b* red is 136, 208, 195.
    [Theory]
    [InlineData(3, ImageChannels.Gray, new byte[] { 76, 100, 18 })]
    [InlineData(4, ImageChannels.Gray, new byte[] { 76, 100, 18 })]
    [InlineData(4, ImageChannels.Rgb, new byte[] { 255, 0, 0, 100, 100, 100, 10, 20, 30 })]
    [InlineData(3, ImageChannels.Rgba, new byte[] { 255, 0, 0, 255, 100, 100, 100, 255, 10, 20, 30, 255 })]
    [InlineData(1, ImageChannels.Rgb, new byte[] { 255, 255, 255, 100, 100, 100, 10, 10, 10 })]
    [InlineData(1, ImageChannels.Rgba, new byte[] { 255, 255, 255, 255, 100, 100, 100, 255, 10, 10, 10, 255 })]
    [InlineData(3, ImageChannels.Lightness, new byte[] { 136, 108, 15 })]
    [InlineData(4, ImageChannels.Lightness, new byte[] { 136, 108, 15 })]
    [InlineData(1, ImageChannels.Lightness, new byte[] { 255, 108, 7 })]
    [InlineData(3, ImageChannels.Chroma, new byte[] { 208, 195, 128, 128, 127, 120 })]
    [InlineData(1, ImageChannels.Chroma, new byte[] { 128, 128, 128, 128, 128, 128 })]
    public void ToChannels_OtherChannels_ConvertsEachPixel(int from, ImageChannels to, byte[] expected)
    {
        byte[] pixels = from switch
        {
            1 => [255, 100, 10],
            3 => [255, 0, 0, 100, 100, 100, 10, 20, 30],
            _ => [255, 0, 0, 255, 100, 100, 100, 7, 10, 20, 30, 0],
        };

        var converted = ChannelConversion.ToChannels(new PixelImage(1, 3, pixels, from), to);

        Assert.Equal((1, 3, to.Count()), (converted.Width, converted.Height, converted.Channels));
        Assert.Equal(expected, converted.Pixels);
    }

    [Theory]
    [InlineData(1, ImageChannels.Gray)]
    [InlineData(3, ImageChannels.Rgb)]
    [InlineData(4, ImageChannels.Rgba)]
    public void ToChannelsAndToImage_SameChannels_GiveTheGivenImage(int channels, ImageChannels same)
    {
        var image = new PixelImage(2, 3, channels);
        Assert.Same(image, ChannelConversion.ToChannels(image, same));
        Assert.Same(image, ChannelConversion.ToImage(image, same, new PixelImage(1, 1)));
    }

    [Fact]
    public void ToImage_NeutralChromaOfAGray_GivesThatGray()
    {
        var gray = new PixelImage(16, 16, [.. Enumerable.Range(0, 256).Select(level => (byte)level)], channels: 1);
        var neutral = new PixelImage(16, 16, 2);
        Array.Fill(neutral.Pixels, (byte)128);

        var picture = ChannelConversion.ToImage(neutral, ImageChannels.Chroma, gray);

        Assert.Equal(ChannelConversion.ToChannels(gray, ImageChannels.Rgb).Pixels, picture.Pixels);
    }

    /// <summary>Half a level of a or b is up to 23 levels of a dark color's channel; rounding lightness to bytes adds a few more.</summary>
    [Fact]
    public void ToImageAndFromLab_ChromaOfAnImage_GiveNearlyThatImage()
    {
        var image = TestImages.Random(67, 41, seed: 3);
        var (lightness, chroma) = (
            ChannelConversion.ToChannels(image, ImageChannels.Lightness), ChannelConversion.ToChannels(image, ImageChannels.Chroma));

        var exact = ChannelConversion.ToImage(chroma, ImageChannels.Chroma, image);
        var rounded = ChannelConversion.FromLab(lightness, chroma);

        Assert.InRange(Largest(image, exact), 1, 23);
        Assert.InRange(Largest(image, rounded), 1, 23);
        Assert.InRange(Mean(image, exact), 0, 0.65);
        Assert.InRange(Mean(image, rounded), Mean(image, exact), 0.75);
    }

    [Fact]
    public void ToImage_Lightness_GivesTheGrayOfThatLightness()
    {
        var lightness = new PixelImage(3, 1, [0, 137, 255], channels: 1);

        var picture = ChannelConversion.ToImage(lightness, ImageChannels.Lightness, new PixelImage(9, 9));

        Assert.Equal(1, picture.Channels);
        Assert.Equal([0, 128, 255], picture.Pixels); // a gray of 128 has a lightness of 53.585, 136.6 in bytes
    }

    [Fact]
    public void Conversions_WrongChannelsOrSizes_ReportWhatIsExpected()
    {
        var (two, three) = (new PixelImage(2, 2, 2), new PixelImage(2, 2));
        const string image = "The image has 2 channels; expected 1 (gray), 3 (RGB) or 4 (RGBA).";
        AssertError($"{image} (Parameter 'image')", () => ChannelConversion.ToChannels(two, ImageChannels.Gray));
        AssertError($"{image} (Parameter 'source')", () => ChannelConversion.ToImage(two, ImageChannels.Chroma, two));
        AssertError(
            "The image has 3 channels; expected 2 (Chroma). (Parameter 'values')",
            () => ChannelConversion.ToImage(three, ImageChannels.Chroma, three));
        AssertError(
            "The image has 2 channels; expected 4 (Rgba). (Parameter 'values')",
            () => ChannelConversion.ToImage(two, ImageChannels.Rgba, three));
        AssertError(
            "The image has 3 channels; expected 1 (Lightness). (Parameter 'lightness')", () => ChannelConversion.FromLab(three, two));
        AssertError(
            "The image has 3 channels; expected 2 (Chroma). (Parameter 'chroma')",
            () => ChannelConversion.FromLab(new PixelImage(2, 2, 1), three));
        AssertError(
            "The chroma is 2x2 and the lightness is 3x2; expected equal sizes. Resize the chroma.",
            () => ChannelConversion.ToImage(two, ImageChannels.Chroma, new PixelImage(3, 2)));
        Assert.Throws<InvalidEnumArgumentException>(() => ChannelConversion.ToChannels(three, (ImageChannels)9));
        Assert.Throws<InvalidEnumArgumentException>(() => ChannelConversion.ToImage(three, (ImageChannels)9, three));
    }

    private static void AssertError(string text, Func<object> convert)
        => Assert.Equal(text, Assert.Throws<ArgumentException>(convert).Message);

    private static int Largest(PixelImage one, PixelImage other) => one.Pixels.Zip(other.Pixels, (a, b) => Math.Abs(a - b)).Max();

    private static double Mean(PixelImage one, PixelImage other) => one.Pixels.Zip(other.Pixels, (a, b) => Math.Abs(a - b)).Average();
}
