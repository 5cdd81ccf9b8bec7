using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Reports to the garbage collector the native memory of images that cannot be disposed of explicitly. The garbage collector sees only a
/// few bytes of each image, so thousands of them could accumulate.
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

    /// <summary>Returns the same image and counts its pixels until it is collected.</summary>
    public static MLImage Of(MLImage image)
    {
        Add(image, BytesOf(image));
        return image;
    }

    /// <summary>The native memory of an image in bytes.</summary>
    public static long BytesOf(MLImage image) => BytesPerPixel * (long)image.Width * image.Height;

    /// <summary>
    /// Counts bytes until the image is collected. The byte count is a parameter because a disposed image no longer reports its size.
    /// </summary>
    public static void Add(MLImage image, long bytes) => Pressures.Add(image, new NativePressure(bytes));
}
