using System.Text;

namespace Pix2Pix.ML.Data;

/// <summary>Recognizes the formats of files by their first bytes, whatever their names are.</summary>
internal static class ImageSignature
{
    private const int TextLength = 512; // of the start of a text file
    private const int BrandAt = 8; // in a file of ISO/IEC 14496-12, after the length and name of its first box

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static bool IsPng(ReadOnlySpan<byte> bytes) => bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    public static bool IsJpeg(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xD8, 0xFF, ..];

    public static bool IsGif(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF8"u8);

    public static bool IsWebP(ReadOnlySpan<byte> bytes)
        => bytes.Length >= BrandAt + 4 && bytes.StartsWith("RIFF"u8) && bytes[BrandAt..].StartsWith("WEBP"u8);

    /// <summary>Whether the file has the signature of a supported format; that of BMP is too short to tell.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> bytes) => IsJpeg(bytes) || IsPng(bytes) || IsGif(bytes) || IsWebP(bytes);

    /// <summary>What a file of another format is and what to do, as a predicate; null if that is unknown.</summary>
    public static string? Problem(ReadOnlySpan<byte> bytes)
    {
        if (GitLfsPointer.Problem(bytes) is not null)
            return "is a Git LFS pointer instead of an image; download the image with 'git lfs pull'";
        if (Other(bytes) is { } format)
            return $"is {format}; convert it to PNG";
        return TextKind(bytes) is { } text ? $"is {text} instead of an image; download the image again" : null;
    }

    private static string? Other(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'I', (byte)'I', 0x2A or 0x2B, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2A or 0x2B, ..] => "a TIFF image or a raw photograph",
        [0, 0, 1, 0, > 0, ..] => "an icon",
        [0xFF, 0x0A, ..] or [0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L', ..] => "a JPEG XL image",
        [0, 0, 0, 0x0C, (byte)'j', (byte)'P', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => "a JPEG 2000 image",
        [0x76, 0x2F, 0x31, 0x01, ..] => "an OpenEXR image",
        [(byte)'P', >= (byte)'1' and <= (byte)'7', (byte)'\n' or (byte)' ' or (byte)'\r', ..] => "a Netpbm image",
        _ when bytes.StartsWith("8BPS"u8) => "a Photoshop document",
        _ when bytes.StartsWith("%PDF"u8) => "a PDF document",
        _ when bytes.StartsWith("DDS "u8) => "a DDS texture",
        _ when bytes.StartsWith("#?RADIANCE"u8) => "a Radiance HDR image",
        _ when bytes.Length >= BrandAt + 4 && bytes[4..].StartsWith("ftyp"u8) => Media(bytes[BrandAt..]),
        _ when Start(bytes) is var text && text.StartsWith('<') && text.Contains("<svg") && !text.Contains("<html") => "an SVG drawing",
        _ => null,
    };

    private static string Media(ReadOnlySpan<byte> brand)
        => brand.StartsWith("avi"u8) ? "an AVIF image"
            : brand.StartsWith("he"u8) || brand.StartsWith("mif1"u8) || brand.StartsWith("msf1"u8) ? "a HEIC image"
            : "a video or an image in an unsupported format";

    private static string? TextKind(ReadOnlySpan<byte> bytes) => Start(bytes) switch
    {
        var text when text.StartsWith("<!doctype html") || text.StartsWith("<html") => "an HTML page",
        ['<', '?', 'x', 'm', 'l', ..] => "an XML document",
        ['{', '"' or ' ' or '\n' or '\r', ..] => "a JSON document",
        _ => null,
    };

    // The start of a text file in lowercase; characters of other files are meaningless.
    private static string Start(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(ByteOrderMark))
            bytes = bytes[ByteOrderMark.Length..];
        return Encoding.Latin1.GetString(bytes[..Math.Min(TextLength, bytes.Length)]).TrimStart().ToLowerInvariant();
    }
}
