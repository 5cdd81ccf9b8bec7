using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

public class ColorJitterTests
{
    [Fact]
    public void Apply_None_ChangesNothing()
    {
        var image = TestImages.Random(5, 4, seed: 1);
        byte[] before = [.. image.Pixels];
        ColorJitter.None.Apply(image);
        Assert.Equal(before, image.Pixels);
    }

    [Fact]
    public void Apply_Brightness_BlendsWithBlack()
        => Assert.Equal([0, 150, 255], Applied(new(1.5f, 1, 1), PixelImage.Rgb, 0, 100, 200));

    /// <summary>The mean luma of 40 and 80 is 60.</summary>
    [Theory]
    [InlineData(0f, new byte[] { 60, 60 })]
    [InlineData(0.5f, new byte[] { 50, 70 })]
    [InlineData(1.5f, new byte[] { 30, 90 })]
    [InlineData(5f, new byte[] { 0, 160 })]
    public void Apply_Contrast_BlendsWithTheMeanLuma(float contrast, byte[] expected)
    {
        Assert.Equal(expected, Applied(new(1, contrast, 0), channels: 1, 40, 80)); // a gray image has no saturation
        Assert.Equal(
            expected.SelectMany(level => new[] { level, level, level }), Applied(new(1, contrast, 1), PixelImage.Rgb, 40, 40, 40, 80, 80, 80));
    }

    /// <summary>Red is 0.299 of 200: a luma of 59.8.</summary>
    [Theory]
    [InlineData(0f, new byte[] { 60, 60, 60 })]
    [InlineData(0.5f, new byte[] { 130, 30, 30 })]
    [InlineData(1.2f, new byte[] { 228, 0, 0 })]
    public void Apply_Saturation_BlendsWithThePixelsLuma(float saturation, byte[] expected)
        => Assert.Equal(expected, Applied(new(1, 1, saturation), PixelImage.Rgb, 200, 0, 0));

    /// <summary>Brightness makes 20 and 120 of 10 and 60; contrast doubles their distance from 70; clamped below.</summary>
    [Fact]
    public void Apply_BrightnessAndContrast_GoInThisOrder()
        => Assert.Equal([0, 170], Applied(new(2, 2, 1), channels: 1, 10, 60));

    [Fact]
    public void Draw_ManyTimes_FillsTheRange()
    {
        var random = new Random(1);
        ColorJitter[] draws = [.. Enumerable.Range(0, 1000).Select(_ => ColorJitter.Draw(random, 0.25))];
        foreach (var factor in (Func<ColorJitter, float>[])[j => j.Brightness, j => j.Contrast, j => j.Saturation])
        {
            Assert.InRange(draws.Min(factor), 0.75, 0.76);
            Assert.InRange(draws.Max(factor), 1.24, 1.25);
            Assert.InRange(draws.Average(factor), 0.98, 1.02);
        }
    }

    private static byte[] Applied(ColorJitter jitter, int channels, params byte[] pixels)
    {
        var image = new PixelImage(pixels.Length / channels, 1, pixels, channels);
        jitter.Apply(image);
        return image.Pixels;
    }
}
