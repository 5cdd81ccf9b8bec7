using System.Collections.Concurrent;
using Pix2Pix.Imaging;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Memory of images that go round. Each image of a window lives long enough for the garbage collector to count it among the old, which it
/// seldom looks at: fresh memory for each would leave as much behind as the window holds. Thread-safe.
/// </summary>
internal sealed class PixelPool
{
    private readonly ConcurrentDictionary<int, ConcurrentStack<byte[]>> _free = new();

    /// <summary>A copy of the pair in memory of the pool.</summary>
    public ImagePair Keep(ImagePair pair) => pair with { Input = Keep(pair.Input), Target = Keep(pair.Target) };

    /// <summary>Takes the memory of a kept pair back, whose images must not be used any more.</summary>
    public void Return(ImagePair pair)
    {
        Return(pair.Input);
        Return(pair.Target);
    }

    private PixelImage Keep(PixelImage image)
    {
        if (!Free(image.Pixels.Length).TryPop(out var pixels))
            pixels = GC.AllocateUninitializedArray<byte>(image.Pixels.Length);
        image.Pixels.CopyTo(pixels, 0);
        return new PixelImage(image.Width, image.Height, pixels, image.Channels);
    }

    private void Return(PixelImage image) => Free(image.Pixels.Length).Push(image.Pixels);

    private ConcurrentStack<byte[]> Free(int length) => _free.GetOrAdd(length, _ => new());
}
