using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

public class SideBySideTests
{
    [Fact]
    public void Split_EvenWidth_GivesLeftAndRightHalf()
    {
        (PixelImage left, PixelImage right) = SideBySide.Split(TestImages.Coordinates(4, 2));
        Assert.Equal((2, 2), (left.Width, left.Height));
        Assert.Equal((2, 2), (right.Width, right.Height));
        Assert.Equal([0, 0, 100, 1, 0, 100, 0, 1, 100, 1, 1, 100], left.Pixels);
        Assert.Equal([2, 0, 100, 3, 0, 100, 2, 1, 100, 3, 1, 100], right.Pixels);
    }

    [Fact]
    public void Split_OddWidth_ReportsWidthAndWhatToDo()
    {
        var error = Assert.Throws<ArgumentException>(() => SideBySide.Split(new PixelImage(513, 256)));
        Assert.Equal(
            "The side-by-side image is 513x256; its width must be even, because each half is one image of the pair. Save the pair as two "
            + "images of equal width, or pass the two images separately. (Parameter 'image')",
            error.Message);
    }
}
