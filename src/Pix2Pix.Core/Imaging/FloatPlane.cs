using System.Buffers;
using System.Numerics;

namespace Pix2Pix.Imaging;

/// <summary>
/// One channel in single precision, in rented memory, with a border of one pixel around it and padding behind each row. Whole vectors can
/// be read at any pixel and its neighbors, and written at any pixel. The contents of the padding are undefined.
/// </summary>
internal sealed class FloatPlane : IDisposable
{
    private const int Ring = 1;
    private const int Room = 32; // at least one vector on any machine, and the border

    private readonly float[] _values;

    public FloatPlane(int width, int height)
    {
        (Width, Height) = (width, height);
        Stride = checked(Ring + width + Room);
        _values = ArrayPool<float>.Shared.Rent(checked(Stride * (height + 2 * Ring)));
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The distance between two rows.</summary>
    public int Stride { get; }

    /// <summary>The whole memory, including border and padding.</summary>
    public Span<float> Values => _values.AsSpan(0, Stride * (Height + 2 * Ring));

    /// <summary>Returns the index of a pixel in <see cref="Values"/>. The border is at -1 and after the last column and row.</summary>
    public int At(int x, int y) => (y + Ring) * Stride + x + Ring;

    /// <summary>Returns a row, including the padding after it.</summary>
    public Span<float> Row(int y) => _values.AsSpan(At(0, y), Width + Room - Ring);

    /// <summary>Returns a row starting at the border, including the padding after it.</summary>
    public Span<float> RingedRow(int y) => _values.AsSpan(At(-1, y), Stride);

    /// <summary>Returns the values starting at a pixel.</summary>
    public Vector<float> Vector(int x, int y) => new(_values, At(x, y));

    /// <summary>Clears the border and the padding.</summary>
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
