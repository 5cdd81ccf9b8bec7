using System.Text.Json;
using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

public class LabColorTests
{
    private static readonly JsonElement Recorded = ReferenceFile.Json("lab.json");

    /// <summary>The corners of sRGB, from published tables.</summary>
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0)]
    [InlineData(255, 255, 255, 100, 0, 0)]
    [InlineData(255, 0, 0, 53.2408, 80.0925, 67.2032)]
    [InlineData(0, 255, 0, 87.7347, -86.1827, 83.1793)]
    [InlineData(0, 0, 255, 32.2970, 79.1875, -107.8602)]
    [InlineData(128, 128, 128, 53.5850, 0, 0)]
    public void FromRgb_KnownColor_GivesItsTableValue(byte red, byte green, byte blue, double l, double a, double b)
    {
        var color = LabColor.FromRgb(red, green, blue);

        Assert.Equal(l, color.L, 1e-4);
        Assert.Equal(a, color.A, 1e-4);
        Assert.Equal(b, color.B, 1e-4);
    }

    [Fact]
    public void FromRgb_RecordedColors_AgreeToTheLastDigits()
    {
        var colors = Recorded.GetProperty("forward").EnumerateArray().ToArray();
        Assert.True(colors.Length > 100);
        Assert.All(colors, recorded =>
        {
            var (rgb, lab) = (recorded.GetProperty("rgb").Longs(), recorded.GetProperty("lab").Doubles());
            var bytes = recorded.GetProperty("bytes").Longs();
            var color = LabColor.FromRgb((byte)rgb[0], (byte)rgb[1], (byte)rgb[2]);
            Assert.Equal(lab[0], color.L, 1e-11);
            Assert.Equal(lab[1], color.A, 1e-11);
            Assert.Equal(lab[2], color.B, 1e-11);
            Assert.Equal(color.L, LabColor.Lightness((byte)rgb[0], (byte)rgb[1], (byte)rgb[2]));
            Assert.Equal(bytes, (long[])[LabBytes.Lightness(color.L), LabBytes.Chroma(color).A, LabBytes.Chroma(color).B]);
        });
    }

    [Fact]
    public void ToRgb_RecordedBytes_GivesTheClippedColor()
    {
        var colors = Recorded.GetProperty("backward").EnumerateArray().ToArray();
        Assert.True(colors.Length > 100);
        Assert.All(colors, recorded =>
        {
            var (rgb, bytes) = (recorded.GetProperty("rgb").Longs(), recorded.GetProperty("bytes").Longs());
            var (red, green, blue) = LabBytes.Color((byte)bytes[0], (byte)bytes[1], (byte)bytes[2]).ToRgb();
            Assert.Equal(rgb, (long[])[red, green, blue]);
        });
        Assert.Equal(Recorded.GetProperty("grays").Longs(), LabBytes.Grays.Select(gray => (long)gray));
    }

    [Fact]
    public void ToRgb_ColorOfRgb_IsThatColor()
    {
        for (var i = 0; i < 1 << 24; i += 97) // a prime: all levels of each channel, in many mixtures
        {
            var (red, green, blue) = ((byte)(i >> 16), (byte)(i >> 8), (byte)i);
            Assert.Equal((red, green, blue), LabColor.FromRgb(red, green, blue).ToRgb());
        }
    }

    [Fact]
    public void LabPixels_AnyColors_AreThoseOfEach()
    {
        byte[] rgb = [.. Enumerable.Range(0, 1 << 24).Where(i => i % 31 == 0).SelectMany(i => (byte[])[(byte)(i >> 16), (byte)(i >> 8), (byte)i])];
        var lab = new byte[rgb.Length];

        LabPixels.ToBytes(rgb, lab);

        for (var i = 0; i < rgb.Length; i += 3)
        {
            var color = LabColor.FromRgb(rgb[i], rgb[i + 1], rgb[i + 2]);
            Assert.Equal((LabBytes.Lightness(color.L), LabBytes.Chroma(color)), (lab[i], (lab[i + 1], lab[i + 2])));
        }
    }

    [Fact]
    public void FromRgb_Grays_HaveNoColor()
    {
        for (var level = 0; level < 256; level++)
        {
            var color = LabColor.FromRgb((byte)level, (byte)level, (byte)level);
            Assert.Equal(0, color.A, 1e-12);
            Assert.Equal(0, color.B, 1e-12);
            Assert.Equal((128, 128), LabBytes.Chroma(color));
        }
    }

    [Fact]
    public void Matrices_AreThoseOfThePrimaries()
    {
        var (to, from) = (Recorded.GetProperty("to_xyz"), Recorded.GetProperty("from_xyz"));
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                Assert.Equal(to[row][column].GetDouble(), LabColor.ToXyz[row][column], 1e-14);
                Assert.Equal(from[row][column].GetDouble(), LabColor.FromXyz[row][column], 1e-14);
            }
        }
    }

    [Theory]
    [InlineData(-5.0, 0)]
    [InlineData(0.0, 0)]
    [InlineData(1.0, 255)]
    [InlineData(1e9, 255)]
    public void Level_LightOutsideOfTheRange_IsClipped(double light, byte level) => Assert.Equal(level, SRgb.Level(light));

    [Fact]
    public void Level_LightOfEachLevel_IsThatLevel()
        => Assert.Equal(Enumerable.Range(0, 256), SRgb.Lights.Select(light => (int)SRgb.Level(light)));
}
