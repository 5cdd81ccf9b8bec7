using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Tells the garbage collector of the native memory of images that nobody may dispose of: it sees a few bytes of each, and would let
/// thousands pile up.
/// </summary>
internal sealed class NativePressure
{
    private const int BytesPerPixel = 4;

    private static readonly ConditionalWeakTable<MLImage, NativePressure> Pressures = [];

    private readonly long _bytes;

    private NativePressure(long bytes)
    {
        _bytes = bytes;
        GC.AddMemoryPressure(bytes);
    }

    ~NativePressure() => GC.RemoveMemoryPressure(_bytes);

    /// <summary>The same image, whose pixels count until it is collected.</summary>
    public static MLImage Of(MLImage image)
    {
        Add(image, BytesOf(image));
        return image;
    }

    /// <summary>The native memory of an image.</summary>
    public static long BytesOf(MLImage image) => BytesPerPixel * (long)image.Width * image.Height;

    /// <summary>Counts bytes until the image is collected. It may be disposed of already: then it no longer tells its size.</summary>
    public static void Add(MLImage image, long bytes) => Pressures.Add(image, new NativePressure(bytes));
}
