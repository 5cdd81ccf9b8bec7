using System.Security.Cryptography;
using System.Text.Json;
using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

/// <summary>Compares edges with those that OpenCV and scikit-image find.</summary>
public sealed class EdgeReferenceTests
{
    private const double Agreement = 0.98;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, ReferenceFile.Json("edges.json").GetProperty("cases").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Draw_RecordedPicture_FindsTheSameEdges(int index)
    {
        var recorded = ReferenceFile.Json("edges.json").GetProperty("cases")[index];
        var picture = Picture(recorded);
        var sigma = recorded.GetProperty("sigma").GetDouble();
        var expected = Bits(recorded.GetProperty("edges").GetBytesFromBase64(), picture.Width * picture.Height);

        var edges = EdgeDrawing.Draw(picture, new EdgeOptions
        {
            Sigma = sigma,
            Thresholds = new EdgeThresholds(recorded.GetProperty("low").GetDouble(), recorded.GetProperty("high").GetDouble()),
            MinLength = 1,
        });

        bool[] found = [.. edges.Pixels.Select(level => level == 0)];
        Assert.True(expected.Count(edge => edge) > 100);
        if (sigma == 0)
            Assert.Equal(expected, found); // exact only for OpenCV, which computes in integers
        Assert.InRange(Near(found, expected, picture.Width), Agreement, 1);
        Assert.InRange(Near(expected, found, picture.Width), Agreement, 1);
    }

    private static PixelImage Picture(JsonElement recorded)
    {
        int Number(string name) => recorded.GetProperty(name).GetInt32();
        var picture = DrawnPicture.Draw(Number("width"), Number("height"), (uint)Number("seed"), Number("noise"));
        if (Number("channels") == 1)
            picture = ChannelConversion.ToChannels(picture, ImageChannels.Gray);
        Assert.Equal(recorded.GetProperty("picture").GetString(), Convert.ToHexStringLower(SHA256.HashData(picture.Pixels)));
        return picture;
    }

    private static bool[] Bits(byte[] packed, int count)
        => [.. Enumerable.Range(0, count).Select(i => (packed[i / 8] & (0x80 >> (i % 8))) != 0)];

    /// <summary>The fraction of edge pixels that have one of the other image within one pixel.</summary>
    private static double Near(bool[] edges, bool[] others, int width)
    {
        var pixels = Enumerable.Range(0, edges.Length).Where(i => edges[i]).ToArray();
        return pixels.Count(i => Around(i).Any(near => others[near])) / (double)pixels.Length;

        IEnumerable<int> Around(int i) =>
            from y in Enumerable.Range((i / width) - 1, 3)
            from x in Enumerable.Range((i % width) - 1, 3)
            where y >= 0 && y < edges.Length / width && x >= 0 && x < width
            select (y * width) + x;
    }
}
