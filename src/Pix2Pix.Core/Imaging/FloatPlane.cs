using System.Buffers;
using System.Numerics;

namespace Pix2Pix.Imaging;

/// <summary>
/// One channel in single precision, in rented memory, with a ring of one pixel around it and room behind each row: whole vectors can be
/// read at any pixel and its neighbours, and written at any pixel. What stands in that room is undefined.
/// </summary>
internal sealed class FloatPlane : IDisposable
{
    private const int Ring = 1;
    private const int Room = 32; // at least one vector of any machine, and the ring

    private readonly float[] _values;

    public FloatPlane(int width, int height)
    {
        (Width, Height) = (width, height);
        Stride = checked(Ring + width + Room);
        _values = ArrayPool<float>.Shared.Rent(checked(Stride * (height + 2 * Ring)));
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The distance of two rows.</summary>
    public int Stride { get; }

    /// <summary>The whole memory, ring and room included.</summary>
    public Span<float> Values => _values.AsSpan(0, Stride * (Height + 2 * Ring));

    /// <summary>Where a pixel stands in <see cref="Values"/>. The ring is at -1 and behind the last column and row.</summary>
    public int At(int x, int y) => (y + Ring) * Stride + x + Ring;

    /// <summary>A row, with the room behind it.</summary>
    public Span<float> Row(int y) => _values.AsSpan(At(0, y), Width + Room - Ring);

    /// <summary>A row from the ring on, with the room behind it.</summary>
    public Span<float> RingedRow(int y) => _values.AsSpan(At(-1, y), Stride);

    /// <summary>The values from a pixel on.</summary>
    public Vector<float> Vector(int x, int y) => new(_values, At(x, y));

    /// <summary>Clears the ring, and the room with it.</summary>
    public void ClearRing()
    {
        RingedRow(-1).Clear();
        RingedRow(Height).Clear();
        for (var y = 0; y < Height; y++)
            ClearRing(y);
    }

    private void ClearRing(int y)
    {
        var row = RingedRow(y);
        row[0] = 0;
        row[(Width + Ring)..].Clear();
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_values);
}
