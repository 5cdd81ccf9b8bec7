using System.Runtime.InteropServices;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Bounds the number of pixels that are decoded at the same time in this process, so that the memory does not grow with the number of
/// cores. An image that exceeds the bound is decoded alone. Thread-safe.
/// </summary>
internal sealed class DecodingMemory
{
    private const int Share = 4; // a quarter of the memory

    // Four bytes each for the decoder's result and the copy in the MLImage, and eight for the decoder, which keeps the coefficients of a
    // progressive JPEG.
    private const int BytesPerPixel = 16;

    private readonly Lock _turn = new();
    private readonly object _change = new();
    private readonly long _maxPixels;
    private long _pixels;

    public DecodingMemory(long maxPixels) => _maxPixels = maxPixels;

    /// <summary>Uses at most a quarter of the memory that is available to the process.</summary>
    public static DecodingMemory Shared { get; } = new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Share / BytesPerPixel);

    /// <summary>Waits until the image may be decoded. Do not call it again on the same thread before disposing of the result.</summary>
    public Reservation Reserve(long pixels)
    {
        lock (_turn) // while a large image waits, others wait behind it
        {
            lock (_change)
            {
                while (_pixels > 0 && _pixels + pixels > _maxPixels)
                    Monitor.Wait(_change);
                _pixels += pixels;
            }
        }

        return new Reservation(this, pixels);
    }

    /// <summary>Counts until it is disposed of.</summary>
    public readonly struct Reservation(DecodingMemory memory, long pixels) : IDisposable
    {
        public void Dispose()
        {
            lock (memory._change)
            {
                memory._pixels -= pixels;
                Monitor.PulseAll(memory._change);
            }
        }
    }
}

/// <summary>Memory for the pixels of an image. It is freed at once; a pool of arrays would keep it. Not thread-safe.</summary>
internal sealed unsafe class NativePixels : IDisposable
{
    private readonly int _length;
    private byte* _pixels;

    /// <param name="length">The length in bytes.</param>
    public NativePixels(int length)
    {
        _length = length;
        _pixels = (byte*)NativeMemory.Alloc((nuint)length);
    }

    public nint Address => (nint)_pixels;

    public Span<byte> Span => new(_pixels, _length);

    public void Dispose()
    {
        NativeMemory.Free(_pixels);
        _pixels = null;
    }
}
