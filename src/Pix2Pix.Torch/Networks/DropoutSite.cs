using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>A dropout layer in a generator: its index, and the shape of one image's feature map.</summary>
internal readonly record struct DropoutSite(int Index, int Channels, int Height, int Width)
{
    /// <summary>The fraction of values that dropout keeps.</summary>
    public const double Keep = 0.5;

    /// <summary>
    /// Draws a mask, (count, C, H, W) of 0 or 2. Multiplying by it drops half of the values and preserves the mean. The mask is drawn on
    /// the CPU, so the same seed gives the same mask on every device.
    /// </summary>
    public Tensor Mask(long count, int seed, TensorFactory place)
    {
        using var random = new TorchSharp.torch.Generator((uint)Seeds.Derive(seed, Seeds.Purpose.Dropout, Index));
        using var scope = NewDisposeScope();
        var mask = empty([count, Channels, Height, Width], ScalarType.Float32).bernoulli_(Keep, random).DividedInPlace(Keep);
        return mask.to(place.Type).MovedTo(place.Device).MoveToOuterDisposeScope();
    }
}
