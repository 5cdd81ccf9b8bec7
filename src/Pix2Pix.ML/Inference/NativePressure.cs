using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

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
        Pressures.Add(image, new NativePressure(BytesPerPixel * (long)image.Width * image.Height));
        return image;
    }
}
