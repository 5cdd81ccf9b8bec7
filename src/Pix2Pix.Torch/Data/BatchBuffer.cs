using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Data;

/// <summary>The host memory of a batch. Pixels are written directly to the memory that libtorch reads.</summary>
internal sealed class BatchBuffer : IDisposable
{
    private readonly Tensor _input; // (N, C, H, W)
    private readonly Tensor _target; // (N, C', H, W)
    private readonly int _images;

    /// <param name="generator">Provides channels and size.</param>
    /// <param name="images">The maximum number of images in a batch.</param>
    public BatchBuffer(GeneratorOptions generator, int images)
    {
        _images = images;
        _input = Images(generator.InputChannels);
        _target = Images(generator.OutputChannels);

        Tensor Images(int channels)
            => LongLived.Tensor(() => empty([images, channels, generator.Height, generator.Width], ScalarType.Float32, CPU));
    }

    /// <summary>Returns the planes of an input, (C, H, W).</summary>
    public Span<float> Input(int index) => Image(_input, index);

    /// <summary>Returns the planes of a target, (C', H, W).</summary>
    public Span<float> Target(int index) => Image(_target, index);

    /// <summary>Returns the first images, in the buffer's memory or on another device. The caller owns the tensors.</summary>
    public (Tensor Input, Tensor Target) First(int images, Device device) => (First(_input, images, device), First(_target, images, device));

    public void Dispose()
    {
        _input.Dispose();
        _target.Dispose();
    }

    private Span<float> Image(Tensor images, int index)
    {
        var values = MemoryMarshal.Cast<byte, float>(images.bytes);
        return values.Slice(index * (values.Length / _images), values.Length / _images);
    }

    // The copy to pinned memory is complete when the call returns, so the buffer may be written to again.
    private static Tensor First(Tensor all, int images, Device device) => LongLived.Tensor(() => all.narrow(0, 0, images).MovedTo(device));
}
