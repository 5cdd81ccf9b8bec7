using Pix2Pix.Imaging;
using Pix2Pix.Onnx;

namespace Pix2Pix.Core.Tests.Onnx;

public class OnnxPixelsTests
{
    [Theory]
    [InlineData(1, new byte[] { 1, 2 }, new byte[] { 255, 1, 1, 1, 255, 2, 2, 2 })]
    [InlineData(3, new byte[] { 1, 2, 3, 4, 5, 6 }, new byte[] { 255, 3, 2, 1, 255, 6, 5, 4 })]
    [InlineData(4, new byte[] { 1, 2, 3, 9, 4, 5, 6, 8 }, new byte[] { 9, 3, 2, 1, 8, 6, 5, 4 })]
    public void Pack_Image_GivesAlphaBlueGreenRed(int channels, byte[] pixels, byte[] abgr)
        => Assert.Equal(abgr, OnnxPixels.Pack(new PixelImage(2, 1, pixels, channels)));

    [Fact]
    public void Unpack_PackedImage_IsThatImage()
    {
        var image = new PixelImage(5, 3, 4);
        new Random(1).NextBytes(image.Pixels);

        var unpacked = OnnxPixels.Unpack(5, 3, OnnxPixels.Pack(image));

        Assert.Equal((5, 3, 4), (unpacked.Width, unpacked.Height, unpacked.Channels));
        Assert.Equal(image.Pixels, unpacked.Pixels);
    }

    [Fact]
    public void Between_Bytes_GivesLargestAndShare()
    {
        Assert.Equal(new ByteDifference(250, 0.5), ByteDifference.Between([0, 7, 255, 3], [250, 7, 250, 3]));
        Assert.Equal(default, ByteDifference.Between([], []));
        Assert.Equal(new ByteDifference(9, 0.5), new ByteDifference(2, 0.5).Or(new ByteDifference(9, 0.1)));
        var error = Assert.Throws<ArgumentException>(() => ByteDifference.Between([1, 2], [1]));
        Assert.Equal("There are 1 bytes; expected 2. (Parameter 'actual')", error.Message);
    }
}
