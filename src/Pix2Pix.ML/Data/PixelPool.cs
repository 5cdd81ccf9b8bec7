using System.Collections.Concurrent;
using Pix2Pix.Imaging;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Reuses the memory of images. Images in a shuffle window live long enough to be promoted to an old garbage collection generation, which
/// is rarely collected, so new memory for each image would leave as much garbage as the window contains. Thread-safe.
/// </summary>
internal sealed class PixelPool
{
    private readonly ConcurrentDictionary<int, ConcurrentStack<byte[]>> _free = new();

    /// <summary>Copies the pair into memory of the pool.</summary>
    public ImagePair Keep(ImagePair pair) => pair with { Input = Keep(pair.Input), Target = Keep(pair.Target) };

    /// <summary>Returns the memory of a kept pair to the pool; its images must no longer be used.</summary>
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
