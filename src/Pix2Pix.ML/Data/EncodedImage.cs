using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using SkiaSharp;

namespace Pix2Pix.ML.Data;

/// <summary>
/// The bytes of an image file, which tell their damage. Decoded by ML.NET's decoder to the same pixels, and turned upright.
/// </summary>
internal sealed class EncodedImage : IDisposable
{
    /// <summary>A gibibyte when decoded.</summary>
    private const long MaxPixels = 1 << 28;

    private const int BytesPerPixel = 4;
    private const int PngDepthAt = 24; // signature, length and type of the first chunk, width, height
    private const int PngEnd = 8; // the last chunk's type and checksum
    private const int RiffStart = 8; // of a WebP file: the name, and the length of what follows

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
        _data = SKData.CreateCopy(bytes);
        _codec = SKCodec.Create(_data);
        if (_codec is not null)
            _origin = IsPng(bytes) ? PngOrientation.Of(bytes) : _codec.EncodedOrigin;
    }

    /// <summary>Reads a file. What has no length is not opened: a pipe would wait for its other end.</summary>
    public static EncodedImage Open(string path) => new(new FileInfo(path).Length == 0 ? [] : File.ReadAllBytes(path));

    /// <summary>The width when upright; 0 where the file has no header that can be read.</summary>
    public int Width => _codec is null ? 0 : ImageOrientation.IsTurned(_origin) ? _codec.Info.Height : _codec.Info.Width;

    /// <summary>The height when upright; 0 where the file has no header that can be read.</summary>
    public int Height => _codec is null ? 0 : ImageOrientation.IsTurned(_origin) ? _codec.Info.Width : _codec.Info.Height;

    /// <summary>Whether it is a PNG file of 16 bits a channel, of which decoding keeps the upper 8.</summary>
    public bool Has16Bits => IsPng(_bytes) && _bytes.Length > PngDepthAt && _bytes[PngDepthAt] == 16;

    /// <summary>What is wrong with it, as far as the header and the end of the file tell; a predicate.</summary>
    public string? Problem => this switch
    {
        { _bytes.Length: 0 } => "is empty",
        { _codec: null } when IsOfKnownFormat(_bytes) => "is cut off, or damaged",
        { _codec: null } => "is no image that can be decoded",
        { Width: <= 0 } or { Height: <= 0 } => "has no pixels",
        _ when (long)Width * Height > MaxPixels => $"is {Width}x{Height}, more than {MaxPixels} pixels; shrink it, or cut it up",
        _ when IsCutOff(_bytes) => "is cut off",
        _ => null,
    };

    /// <summary>Decodes it to find out what is wrong with it; a predicate.</summary>
    public string? DecodingProblem()
    {
        var problem = DecodePixels(out var pixels);
        if (pixels is not null)
            ArrayPool<byte>.Shared.Return(pixels);
        return problem;
    }

    /// <summary>The image, which belongs to the caller; or null and a predicate.</summary>
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

    // Pixels as stored, in a rented array, or a problem. The format is fixed: the same bytes on every platform.
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
            SKCodecResult.IncompleteInput => "is cut off",
            SKCodecResult.ErrorInInput => "is damaged",
            _ => IsOfKnownFormat(_bytes) ? "is cut off, or damaged" : "is no image that can be decoded",
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

    // The decoder is content with a file that has all pixels and lacks its end.
    private static bool IsCutOff(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, ..] => JpegScan(bytes).IndexOf([(byte)0xFF, (byte)0xD9]) < 0,
        _ when IsPng(bytes) => bytes.LastIndexOf("IEND"u8) is var end && (end < 0 || end + PngEnd > bytes.Length),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, ..] => RiffStart + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) > bytes.Length,
        _ => false,
    };

    private static bool IsPng(ReadOnlySpan<byte> bytes) => bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    // By the first bytes, of formats that have clear ones.
    private static bool IsOfKnownFormat(ReadOnlySpan<byte> bytes)
        => bytes is [0xFF, 0xD8, 0xFF, ..] || IsPng(bytes)
            || bytes.StartsWith("GIF8"u8) || (bytes.StartsWith("RIFF"u8) && bytes.Length > 12 && bytes[8..].StartsWith("WEBP"u8));

    // What follows the segments with headers and thumbnails: each is FF, its kind, its length in two bytes; DA starts the scan.
    private static ReadOnlySpan<byte> JpegScan(ReadOnlySpan<byte> jpeg)
    {
        var at = 2;
        while (at + 4 <= jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] != 0xDA)
            at += jpeg[at + 1] == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]); // FF before a marker fills
        return jpeg[Math.Min(at, jpeg.Length)..];
    }
}
