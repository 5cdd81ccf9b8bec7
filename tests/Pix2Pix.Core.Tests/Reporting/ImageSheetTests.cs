using Pix2Pix.Imaging;
using Pix2Pix.Reporting;

namespace Pix2Pix.Core.Tests.Reporting;

public class ImageSheetTests
{
    [Fact]
    public void Draw_TwoGroupsInTwoColumns_LeavesMarginsAndGaps()
    {
        var sheet = ImageSheet.Draw([[Grey(1), Grey(2)], [Grey(3), Grey(4)], [Grey(5), Grey(6)]], columns: 2);

        // Margins of 16, gaps of 4 within a group and between rows, images of 10x6.
        Assert.Equal((16 + 24 + 16 + 24 + 16, 16 + 6 + 4 + 6 + 16), (sheet.Width, sheet.Height));
        Assert.Equal(
            [1, 2, 3, 4, 5, 6, 255],
            new[] { (16, 16), (30, 16), (56, 16), (70, 16), (16, 26), (30, 26), (56, 26) }.Select(at => At(sheet, at)[0]));
        Assert.Equal(255, At(sheet, (26, 16))[1]);
    }

    [Fact]
    public void Draw_OtherChannels_BecomeRgbOverWhite()
    {
        var sheet = ImageSheet.Draw([[new(1, 1, [40], 1), new(1, 1, [10, 20, 30], 3), new(1, 1, [0, 100, 200, 51], 4)]]);

        Assert.Equal([40, 40, 40], At(sheet, (16, 16)));
        Assert.Equal([10, 20, 30], At(sheet, (21, 16)));
        Assert.Equal([204, 224, 244], At(sheet, (26, 16))); // 255 - (255 - level) / 5
    }

    [Fact]
    public void Draw_NothingOrMisfits_SaysWhatIsExpected()
    {
        Assert.StartsWith("There are no images to draw; expected at least one group", Error([]));
        Assert.StartsWith("A group has 1 image, but the first group has 2; expected equal numbers.", Error([[Grey(1), Grey(2)], [Grey(3)]]));
        Assert.StartsWith(
            "An image is 5x6 with 3 channels; expected 10x6, like the first image, with 1, 3 or 4 channels.",
            Error([[Grey(1), TestImages.Constant(5, 6, 1)]]));
        Assert.StartsWith("An image is 10x6 with 2 channels", Error([[new PixelImage(10, 6, 2)]]));
    }

    private static PixelImage Grey(byte level) => TestImages.Constant(10, 6, level);

    private static byte[] At(PixelImage sheet, (int X, int Y) at) => sheet.Pixels[(3 * ((at.Y * sheet.Width) + at.X))..][..3];

    private static string Error(PixelImage[][] groups) => Assert.Throws<ArgumentException>(() => ImageSheet.Draw(groups)).Message;
}
