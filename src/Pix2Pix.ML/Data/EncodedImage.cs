using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using SkiaSharp;

namespace Pix2Pix.ML.Data;

/// <summary>
/// The bytes of an image file, checked for damage. They are decoded by ML.NET's decoder to the same pixels and rotated upright.
/// </summary>
internal sealed class EncodedImage : IDisposable
{
    private const int BytesPerPixel = 4;
    private const int PngDepthAt = 24; // signature, length and type of the first chunk, width, height

    private readonly byte[] _bytes;
    private readonly JpegSegments? _jpeg;
    private readonly long _maxPixels;
    private readonly SKData? _data;
    private readonly SKCodec? _codec;
    private readonly SKEncodedOrigin _origin = SKEncodedOrigin.TopLeft;
    private GCHandle _pinned;

    /// <param name="bytes">The whole file.</param>
    /// <param name="limits">What the file may contain; null for the defaults.</param>
    public EncodedImage(byte[] bytes, ImageLimits? limits = null)
    {
        (_bytes, _maxPixels) = (bytes, (limits ?? ImageLimits.Default).MaxPixels);
        if (bytes.Length == 0)
            return;
        _jpeg = ImageSignature.IsJpeg(bytes) ? new JpegSegments(bytes) : null;
        if (_jpeg?.Problem is not null)
            return;
        var decoded = ImageSignature.IsPng(bytes) ? PngChunks.ForDecoder(bytes) : _jpeg?.ForDecoder(bytes) ?? bytes;
        _pinned = GCHandle.Alloc(decoded, GCHandleType.Pinned);
        _data = SKData.Create(_pinned.AddrOfPinnedObject(), decoded.Length);
        _codec = SKCodec.Create(_data);
        if (_codec is not null)
            _origin = ImageOrientation.InExif(Exif());
    }

    /// <summary>Reads a file. Pipes and devices are not opened.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist, or is a folder.</exception>
    /// <exception cref="InvalidDataException">
    /// The path is a pipe, device or socket, or the file exceeds the limit. The message is a predicate.
    /// </exception>
    public static EncodedImage Open(string path, ImageLimits limits)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException(null, path); // a folder, for example
        if (RegularFile.Problem(path) is { } problem)
            throw new InvalidDataException(problem);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        if (stream.Length > limits.MaxFileLength)
        {
            throw new InvalidDataException(
                $"has {stream.Length:#,0} bytes, more than MaxFileLength ({limits.MaxFileLength:#,0}); resize it, or set MaxFileLength");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new EncodedImage(bytes, limits);
    }

    /// <summary>The width after applying the orientation; 0 if the file has no readable header.</summary>
    public int Width => _codec is null ? 0 : ImageOrientation.IsTurned(_origin) ? _codec.Info.Height : _codec.Info.Width;

    /// <summary>The height after applying the orientation; 0 if the file has no readable header.</summary>
    public int Height => _codec is null ? 0 : ImageOrientation.IsTurned(_origin) ? _codec.Info.Width : _codec.Info.Height;

    /// <summary>Whether the file is a PNG with 16 bits per channel; decoding keeps the upper 8.</summary>
    public bool Has16Bits => ImageSignature.IsPng(_bytes) && _bytes.Length > PngDepthAt && _bytes[PngDepthAt] == 16;

    /// <summary>The problem that can be determined without decoding pixels, as a predicate.</summary>
    public string? Problem => this switch
    {
        { _bytes.Length: 0 } => "is empty",
        { _jpeg.Problem: { } damage } => damage,
        { _codec: null } when ImageSignature.IsKnown(_bytes) => "is truncated or damaged",
        { _codec: null } => ImageSignature.Problem(_bytes) ?? "is not an image that can be decoded",
        _ when !IsSupported(_codec!.EncodedFormat) => ImageSignature.Problem(_bytes) ?? "is not a BMP, GIF, JPEG, PNG or WebP image",
        { Width: <= 0 } or { Height: <= 0 } => "has no pixels",
        _ when PixelCount > _maxPixels => $"is {Width}x{Height}, more than MaxPixels ({_maxPixels:#,0}); resize it, cut it into parts, " +
            "or set MaxPixels",
        _ => StructureProblem(),
    };

    /// <summary>Decodes the file to find out what is wrong with it; returns a predicate.</summary>
    public string? DecodingProblem()
    {
        if (Problem is { } problem)
            return problem;
        using var reservation = DecodingMemory.Shared.Reserve(PixelCount);
        using var pixels = DecodePixels(out problem);
        return problem;
    }

    /// <summary>Decodes the image, which the caller owns; on failure returns null and sets a predicate.</summary>
    public MLImage? Decode(out string? problem)
    {
        problem = Problem;
        if (problem is not null)
            return null;
        using var reservation = DecodingMemory.Shared.Reserve(PixelCount);
        using var stored = DecodePixels(out problem);
        if (stored is null)
            return null;
        if (_origin == SKEncodedOrigin.TopLeft)
            return MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Bgra32, stored.Span);
        using var upright = new NativePixels(BytesPerPixel * Width * Height);
        ImageOrientation.Turn(
            MemoryMarshal.Cast<byte, uint>(stored.Span), _codec!.Info.Width, _origin, MemoryMarshal.Cast<byte, uint>(upright.Span));
        stored.Dispose(); // so that there are never three copies
        return MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Bgra32, upright.Span);
    }

    public void Dispose()
    {
        _codec?.Dispose();
        _data?.Dispose();
        if (_pinned.IsAllocated)
            _pinned.Free();
    }

    private long PixelCount => (long)Width * Height;

    // Returns the pixels as stored, or a problem. The format is fixed, so the bytes are the same on every platform.
    private NativePixels? DecodePixels(out string? problem)
    {
        var (codec, size) = (_codec!, _codec!.Info);
        var alpha = size.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        var pixels = new NativePixels(BytesPerPixel * size.Width * size.Height);
        var result = codec.GetPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Bgra8888, alpha), pixels.Address);
        problem = result switch
        {
            SKCodecResult.Success => null,
            SKCodecResult.IncompleteInput => "is truncated",
            SKCodecResult.ErrorInInput => "is damaged",
            _ => "is truncated or damaged",
        };
        if (problem is null)
            return pixels;
        pixels.Dispose();
        return null;
    }

    // The decoder accepts files with missing data or a missing end.
    private string? StructureProblem() => _codec!.EncodedFormat switch
    {
        SKEncodedImageFormat.Png => PngChunks.Problem(_bytes),
        SKEncodedImageFormat.Jpeg => null, // checked before the decoder reads the header
        SKEncodedImageFormat.Gif => ImageStructure.OfGif(_bytes),
        SKEncodedImageFormat.Webp => ImageStructure.OfWebP(_bytes),
        _ => ImageStructure.OfBmp(_bytes),
    };

    private static bool IsSupported(SKEncodedImageFormat format) => format is SKEncodedImageFormat.Bmp or SKEncodedImageFormat.Gif
        or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp;

    private ReadOnlySpan<byte> Exif() => _codec!.EncodedFormat switch
    {
        SKEncodedImageFormat.Png => PngChunks.Exif(_bytes),
        SKEncodedImageFormat.Jpeg => _jpeg!.Exif(_bytes),
        SKEncodedImageFormat.Webp => ImageStructure.ExifOfWebP(_bytes),
        _ => [],
    };
}
