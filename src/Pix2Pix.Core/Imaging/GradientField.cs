using System.Numerics;

namespace Pix2Pix.Imaging;

/// <summary>
/// The gradient of an image by the 3x3 Sobel operator. Each pixel uses the channel with the longest gradient, so that there is also an edge
/// between two colors of equal brightness. The border pixels are replicated beyond the border.
/// </summary>
internal sealed class GradientField : IDisposable
{
    private const float Tangent = 13573f / 32768; // of 22.5 degrees, in 15 bits
    private const int Alpha = 3;

    private readonly FloatPlane _across;
    private readonly FloatPlane _down;
    private readonly FloatPlane _length; // squared; 0 in the border

    /// <param name="image">A gray, RGB or RGBA image. Alpha is ignored.</param>
    /// <param name="sigma">The sigma of the Gaussian that smooths the image first.</param>
    public GradientField(PixelImage image, double sigma)
    {
        (_across, _down, _length) = (New(image), New(image), New(image));
        _length.Values.Clear();
        using var plane = New(image);
        var blur = sigma > 0 ? new GaussianBlur(sigma) : null;
        for (var channel = 0; channel < Math.Min(image.Channels, Alpha); channel++)
        {
            Read(image, channel, plane);
            blur?.Apply(plane);
            Measure(plane);
        }

        _length.ClearRing();
    }

    /// <summary>
    /// Returns the squared length of the gradient where none of the eight neighbors along its direction has a longer one, and 0 elsewhere.
    /// The caller disposes of the plane.
    /// </summary>
    public FloatPlane Ridges()
    {
        var ridges = new FloatPlane(_length.Width, _length.Height);
        for (var y = 0; y < ridges.Height; y++)
        {
            var row = ridges.Row(y);
            for (var x = 0; x < ridges.Width; x += Vector<float>.Count)
            {
                var length = _length.Vector(x, y);
                Vector.ConditionalSelect(IsRidge(x, y, length), length, Vector<float>.Zero).CopyTo(row[x..]);
            }
        }

        ridges.ClearRing();
        return ridges;
    }

    public void Dispose()
    {
        _across.Dispose();
        _down.Dispose();
        _length.Dispose();
    }

    private static FloatPlane New(PixelImage image) => new(image.Width, image.Height);

    private static void Read(PixelImage image, int channel, FloatPlane plane)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        var (from, step) = (channel, image.Channels);
        for (var y = 0; y < image.Height; y++)
        {
            var row = plane.Row(y)[..image.Width];
            for (var x = 0; x < row.Length; x++, from += step)
                row[x] = pixels[from];
        }
    }

    private void Measure(FloatPlane plane)
    {
        // Both parts of the operator after the vertical pass: 1 2 1, to be differenced horizontally, and 1 0 -1, to be smoothed
        // horizontally.
        var smooth = new float[plane.Stride];
        var steep = new float[plane.Stride];
        for (var y = 0; y < plane.Height; y++)
        {
            var (above, below) = (Math.Max(y - 1, 0), Math.Min(y + 1, plane.Height - 1));
            for (var x = 0; x < plane.Width; x += Vector<float>.Count)
            {
                var (up, here, down) = (plane.Vector(x, above), plane.Vector(x, y), plane.Vector(x, below));
                (up + here + here + down).CopyTo(smooth, x + 1);
                (down - up).CopyTo(steep, x + 1);
            }

            (smooth[0], steep[0]) = (smooth[1], steep[1]);
            (smooth[plane.Width + 1], steep[plane.Width + 1]) = (smooth[plane.Width], steep[plane.Width]);
            KeepLongest(smooth, steep, y);
        }
    }

    private void KeepLongest(float[] smooth, float[] steep, int y)
    {
        var acrossRow = _across.Row(y);
        var downRow = _down.Row(y);
        var lengthRow = _length.Row(y);
        for (var x = 0; x < _length.Width; x += Vector<float>.Count)
        {
            var across = new Vector<float>(smooth, x + 2) - new Vector<float>(smooth, x);
            var middle = new Vector<float>(steep, x + 1);
            var down = new Vector<float>(steep, x) + middle + middle + new Vector<float>(steep, x + 2);
            var length = across * across + down * down;
            var longest = new Vector<float>(lengthRow[x..]);
            var isLonger = Vector.GreaterThan(length, longest);
            Vector.ConditionalSelect(isLonger, length, longest).CopyTo(lengthRow[x..]);
            Vector.ConditionalSelect(isLonger, across, new Vector<float>(acrossRow[x..])).CopyTo(acrossRow[x..]);
            Vector.ConditionalSelect(isLonger, down, new Vector<float>(downRow[x..])).CopyTo(downRow[x..]);
        }
    }

    // If a neighbor is as long as the pixel itself, only one of them is kept, so that a flat ridge of two pixels becomes one line.
    private Vector<int> IsRidge(int x, int y, Vector<float> length)
    {
        var (across, down) = (_across.Vector(x, y), _down.Vector(x, y));
        var (width, height) = (Vector.Abs(across), Vector.Abs(down));
        var isAcross = Vector.LessThan(height, width * Tangent);
        var isDown = Vector.GreaterThan(height, width * (Tangent + 2)); // of 67.5 degrees
        var isFalling = Vector.LessThan(across * down, Vector<float>.Zero);
        return Select(
            isAcross,
            Peak(length, _length.Vector(x - 1, y), _length.Vector(x + 1, y), orEqual: true),
            Select(
                isDown,
                Peak(length, _length.Vector(x, y - 1), _length.Vector(x, y + 1), orEqual: true),
                Select(
                    isFalling,
                    Peak(length, _length.Vector(x + 1, y - 1), _length.Vector(x - 1, y + 1), orEqual: false),
                    Peak(length, _length.Vector(x - 1, y - 1), _length.Vector(x + 1, y + 1), orEqual: false))));
    }

    private static Vector<int> Peak(Vector<float> length, Vector<float> before, Vector<float> behind, bool orEqual)
        => Vector.GreaterThan(length, before) & (orEqual
            ? Vector.GreaterThanOrEqual(length, behind)
            : Vector.GreaterThan(length, behind));

    private static Vector<int> Select(Vector<int> condition, Vector<int> then, Vector<int> otherwise)
        => Vector.ConditionalSelect(condition, then, otherwise);
}
