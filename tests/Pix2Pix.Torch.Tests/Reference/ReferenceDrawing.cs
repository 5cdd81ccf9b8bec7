using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Reference;

/// <summary>
/// The numbers that reference/drawing.py draws: x -> 1664525 x + 1013904223 mod 2^32, of which the upper 16 bits are used.
/// </summary>
internal sealed class ReferenceDrawing
{
    private uint _state;

    public ReferenceDrawing(uint seed) => _state = seed;

    /// <summary>Draws a multiple of 2^-15 in [-1, 1).</summary>
    public double Next()
    {
        _state = unchecked((_state * 1664525) + 1013904223);
        return ((_state >> 16) / 32768.0) - 1;
    }

    /// <summary>A float64 tensor in row-major order.</summary>
    public Tensor Draw(long[] shape, double scale = 1, double offset = 0)
    {
        var values = new double[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
            values[i] = offset + (scale * Next());
        return tensor(values, shape);
    }

    /// <summary>Draws a parameter of this name, scaled as in the reference.</summary>
    public Tensor DrawParameter(string name, long[] shape)
    {
        if (name.EndsWith("norm.weight", StringComparison.Ordinal))
            return Draw(shape, scale: 0.25, offset: 1);
        return Draw(shape, scale: name.EndsWith(".bias", StringComparison.Ordinal) ? 0.125 : 0.25);
    }
}
