using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>One place of dropout in a generator: its number, and the shape of an image's map there.</summary>
internal readonly record struct DropoutSite(int Index, int Channels, int Height, int Width)
{
    /// <summary>The share of values that dropout keeps.</summary>
    public const double Keep = 0.5;

    /// <summary>
    /// (count, C, H, W) of 0 or 2: multiplied onto the map it drops half of the values and keeps the mean. The same seed gives the
    /// same mask on every device: it is drawn on the CPU.
    /// </summary>
    public Tensor Mask(long count, int seed, TensorFactory place)
    {
        using var random = new TorchSharp.torch.Generator((uint)Seeds.Derive(seed, Seeds.Purpose.Dropout, Index));
        using var scope = NewDisposeScope();
        var mask = empty([count, Channels, Height, Width], ScalarType.Float32).bernoulli_(Keep, random).DividedInPlace(Keep);
        return mask.to(place.Type).MovedTo(place.Device).MoveToOuterDisposeScope();
    }
}
