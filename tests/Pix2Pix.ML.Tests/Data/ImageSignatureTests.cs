using System.Text;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests.Data;

public sealed class ImageSignatureTests
{
    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "is a Git LFS pointer instead of an image; download the image with 'git lfs pull'")]
    [InlineData("<!DOCTYPE html><html>", "is an HTML page instead of an image; download the image again")]
    [InlineData("\u00EF\u00BB\u00BF\r\n<HTML><body>404", "is an HTML page instead of an image; download the image again")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "is an XML document instead of an image; download the image again")]
    [InlineData("{\"message\": \"Not Found\"}", "is a JSON document instead of an image; download the image again")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "is an SVG drawing; convert it to PNG")]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- a comment --><svg/>", "is an SVG drawing; convert it to PNG")]
    [InlineData("II*\0\u0008\0\0\0", "is a TIFF image or a raw photograph; convert it to PNG")]
    [InlineData("MM\0*\0\0\0\u0008", "is a TIFF image or a raw photograph; convert it to PNG")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0", "is a HEIC image; convert it to PNG")]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0", "is a HEIC image; convert it to PNG")]
    [InlineData("\0\0\0\u0020ftypavif\0\0\0\0", "is an AVIF image; convert it to PNG")]
    [InlineData("\0\0\0\u0020ftypisom\0\0\0\0", "is a video or an image in an unsupported format; convert it to PNG")]
    [InlineData("8BPS\0\u0001", "is a Photoshop document; convert it to PNG")]
    [InlineData("%PDF-1.7", "is a PDF document; convert it to PNG")]
    [InlineData("\u00FF\n", "is a JPEG XL image; convert it to PNG")]
    [InlineData("\0\0\0\u000CjP  \r\n", "is a JPEG 2000 image; convert it to PNG")]
    [InlineData("\0\0\u0001\0\u0001\0", "is an icon; convert it to PNG")]
    [InlineData("P6\n3 2\n255\n", "is a Netpbm image; convert it to PNG")]
    [InlineData("some text", "is not an image that can be decoded")]
    [InlineData("\0", "is not an image that can be decoded")]
    public void Problem_AnotherFormat_IsNamedWithTheRemedy(string start, string problem)
    {
        var bytes = Encoding.Latin1.GetBytes(start);
        using var encoded = new EncodedImage(bytes);

        Assert.Equal(problem, ImageSignature.Problem(bytes) ?? "is not an image that can be decoded");
        Assert.Equal(problem, encoded.Problem);
    }
}
