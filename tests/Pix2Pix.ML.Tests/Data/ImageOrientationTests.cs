using System.Text.Json;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;
using Pix2Pix.Tests;

namespace Pix2Pix.ML.Tests.Data;

public sealed class ImageOrientationTests
{
    private const int JpegTolerance = 6;

    private static readonly JsonElement Recorded = ReferenceFile.Json("orientation.json").GetProperty("cases");

    /// <summary>EXIF data in JPEG, PNG and WebP files, in both byte orders, as SHORT, LONG and BYTE, alone and among other data.</summary>
    [Fact]
    public void Decode_ExifDataOfAnyForm_RotatesAsPillow()
    {
        Assert.True(Recorded.GetArrayLength() > 80);
        Assert.All(Recorded.EnumerateArray(), recorded =>
        {
            var name = recorded.GetProperty("name").GetString()!;

            using var image = Decoded(recorded.GetProperty("file").GetBytesFromBase64());

            Assert.Equal(recorded.GetProperty("size").Longs(), (long[])[image.Width, image.Height]);
            var (pixels, right, bottom) = (image.Pixels.ToArray(), 4 * (image.Width - 1), 4 * image.Width * (image.Height - 1));
            var corners = recorded.GetProperty("corners").Longs();
            foreach (var (at, level) in ((int[])[0, right, bottom, bottom + right]).Zip(corners))
                Assert.InRange(pixels[at], level - JpegTolerance, level + JpegTolerance);
        });
    }

    /// <summary>The prefix belongs to JPEG; some encoders write it to PNG files as well.</summary>
    [Fact]
    public void Decode_PngWithThePrefixOfJpeg_IsUpright()
    {
        byte[] exif = [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];

        using var image = Decoded(ImageBytes.WithExif(exif, ImageBytes.Png(seed: 1, 32, 16)));

        Assert.Equal((16, 32), (image.Width, image.Height));
    }

    private static MLImage Decoded(byte[] file)
    {
        using var encoded = new EncodedImage(file);
        return encoded.Decode(out var problem) ?? throw new InvalidOperationException(problem);
    }
}
