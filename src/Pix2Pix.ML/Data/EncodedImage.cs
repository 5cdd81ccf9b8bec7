using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using SkiaSharp;

namespace Pix2Pix.ML.Data;

/// <summary>
/// The bytes of an image file, checked for damage. They are decoded by ML.NET's decoder to the same pixels and rotated upright.
/// </summary>
internal sealed class EncodedImage : IDisposable
{
    /// <summary>The limit corresponds to one gibibyte when decoded.</summary>
    private const long MaxPixels = 1 << 28;

    private const int BytesPerPixel = 4;
    private const int PngDepthAt = 24; // signature, length and type of the first chunk, width, height
    private const int RiffStart = 8; // of a WebP file: the RIFF name and the length of the rest

    private readonly byte[] _bytes;
    private readonly SKData? _data;
    private readonly SKCodec? _codec;
    private readonly SKEncodedOrigin _origin = SKEncodedOrigin.TopLeft;

    /// <param name="bytes">The whole file.</param>
    public EncodedImage(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length == 0)
            return;
        _data = SKData.CreateCopy(IsPng(bytes) ? PngChunks.ForDecoder(bytes) : bytes);
        _codec = SKCodec.Create(_data);
        if (_codec is not null)
            _origin = ImageOrientation.Of(bytes, _codec);
    }

    /// <summary>
    /// Reads a file. Files of length zero are not opened, because opening a pipe would block until its other end is opened.
    /// </summary>
    public static EncodedImage Open(string path) => new(new FileInfo(path).Length == 0 ? [] : File.ReadAllBytes(path));

    /// <summary>The width after applying the orientation; 0 if the file has no readable header.</summary>
    public int Width => _codec is null ? 0 : ImageOrientation.IsTurned(_origin) ? _codec.Info.Height : _codec.Info.Width;

    /// <summary>The height after applying the orientation; 0 if the file has no readable header.</summary>
    public int Height => _codec is null ? 0 : ImageOrientation.IsTurned(_origin) ? _codec.Info.Width : _codec.Info.Height;

    /// <summary>Whether the file is a PNG with 16 bits per channel; decoding keeps the upper 8.</summary>
    public bool Has16Bits => IsPng(_bytes) && _bytes.Length > PngDepthAt && _bytes[PngDepthAt] == 16;

    /// <summary>The problem that can be determined from the header and the end of the file, as a predicate.</summary>
    public string? Problem => this switch
    {
        { _bytes.Length: 0 } => "is empty",
        { _codec: null } when IsOfKnownFormat(_bytes) => "is truncated or damaged",
        { _codec: null } => "is not an image that can be decoded",
        { _codec.EncodedFormat: not (SKEncodedImageFormat.Bmp or SKEncodedImageFormat.Gif or SKEncodedImageFormat.Jpeg
            or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp) } => "is not a BMP, GIF, JPEG, PNG or WebP image",
        { Width: <= 0 } or { Height: <= 0 } => "has no pixels",
        _ when (long)Width * Height > MaxPixels => $"is {Width}x{Height}, more than the maximum of {MaxPixels} pixels; resize it or cut " +
            "it into parts",
        _ when IsPng(_bytes) => PngChunks.Problem(_bytes),
        _ when IsTruncated(_bytes) => "is truncated",
        _ => null,
    };

    /// <summary>Decodes the file to find out what is wrong with it; returns a predicate.</summary>
    public string? DecodingProblem()
    {
        var problem = DecodePixels(out var pixels);
        if (pixels is not null)
            ArrayPool<byte>.Shared.Return(pixels);
        return problem;
    }

    /// <summary>Decodes the image, which the caller owns; on failure returns null and sets a predicate.</summary>
    public MLImage? Decode(out string? problem)
    {
        problem = DecodePixels(out var pixels);
        if (pixels is null)
            return null;
        var image = Upright(pixels.AsSpan(0, BytesPerPixel * Width * Height));
        ArrayPool<byte>.Shared.Return(pixels);
        return image;
    }

    public void Dispose()
    {
        _codec?.Dispose();
        _data?.Dispose();
    }

    // Returns the pixels as stored, in a rented array, or a problem. The format is fixed, so the bytes are the same on every platform.
    private unsafe string? DecodePixels(out byte[]? pixels)
    {
        pixels = null;
        if (Problem is { } problem)
            return problem;
        var (codec, size) = (_codec!, _codec!.Info);
        var alpha = size.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        var rented = ArrayPool<byte>.Shared.Rent(BytesPerPixel * size.Width * size.Height);
        SKCodecResult result;
        fixed (byte* to = rented)
            result = codec.GetPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Bgra8888, alpha), (nint)to);
        if (result == SKCodecResult.Success)
        {
            pixels = rented;
            return null;
        }

        ArrayPool<byte>.Shared.Return(rented);
        return result switch
        {
            SKCodecResult.IncompleteInput => "is truncated",
            SKCodecResult.ErrorInInput => "is damaged",
            _ => IsOfKnownFormat(_bytes) ? "is truncated or damaged" : "is not an image that can be decoded",
        };
    }

    private MLImage Upright(ReadOnlySpan<byte> stored)
    {
        if (_origin == SKEncodedOrigin.TopLeft)
            return MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Bgra32, stored);
        var upright = new byte[stored.Length];
        ImageOrientation.Turn(
            MemoryMarshal.Cast<byte, uint>(stored), _codec!.Info.Width, _origin, MemoryMarshal.Cast<byte, uint>(upright.AsSpan()));
        return MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Bgra32, upright);
    }

    // The decoder accepts a file that has all pixels but lacks its end.
    private static bool IsTruncated(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, ..] => JpegScan(bytes).IndexOf([(byte)0xFF, (byte)0xD9]) < 0,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, ..] => RiffStart + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) > bytes.Length,
        _ => false,
    };

    private static bool IsPng(ReadOnlySpan<byte> bytes) => bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    // Checks the first bytes, for formats with a distinctive signature.
    private static bool IsOfKnownFormat(ReadOnlySpan<byte> bytes)
        => bytes is [0xFF, 0xD8, 0xFF, ..] || IsPng(bytes)
            || bytes.StartsWith("GIF8"u8) || (bytes.StartsWith("RIFF"u8) && bytes.Length > 12 && bytes[8..].StartsWith("WEBP"u8));

    // Returns the part after the segments with headers and thumbnails. Each segment is FF, its type and a two-byte length; DA starts the
    // scan.
    private static ReadOnlySpan<byte> JpegScan(ReadOnlySpan<byte> jpeg)
    {
        var at = 2;
        while (at + 4 <= jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] != 0xDA)
            at += jpeg[at + 1] == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]); // FF before a marker is padding
        return jpeg[Math.Min(at, jpeg.Length)..];
    }
}
