using Pix2Pix.Torch.Data;

namespace Quickstart;

/// <summary>
/// Turns a photo into a line drawing: thin dark lines on white where the colours change (after Canny, 1986). The lines
/// are the maxima of the gradient along its own direction, kept where they are strong or hang on a strong one.
/// </summary>
internal sealed class EdgeFilter
{
    private const float Strong = 15; // in grey levels a pixel
    private const float Weak = 8;
    private const byte Ink = 24;

    private readonly int _width;
    private readonly int _height;
    private readonly float[] _strength;
    private readonly (int X, int Y)[] _direction; // the neighbour that lies up the gradient

    private EdgeFilter(PixelImage photo)
    {
        (_width, _height) = (photo.Width, photo.Height);
        _strength = new float[_width * _height];
        _direction = new (int, int)[_width * _height];

        PixelImage smooth = Smooth(photo);
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
                Measure(smooth, x, y);
        }
    }

    /// <summary>The lines of <paramref name="photo"/>, in its size.</summary>
    public static PixelImage Apply(PixelImage photo) => new EdgeFilter(photo).Draw();

    // The gradient by Sobel, of the channel where it is steepest: two colours of one brightness have an edge, too.
    private void Measure(PixelImage photo, int x, int y)
    {
        int i = (y * _width) + x;
        for (int channel = 0; channel < 3; channel++)
        {
            float At(int dx, int dy) => Pixel(photo, x + dx, y + dy, channel);
            float across = (At(1, -1) + (2 * At(1, 0)) + At(1, 1) - At(-1, -1) - (2 * At(-1, 0)) - At(-1, 1)) / 8;
            float down = (At(-1, 1) + (2 * At(0, 1)) + At(1, 1) - At(-1, -1) - (2 * At(0, -1)) - At(1, -1)) / 8;
            float strength = MathF.Sqrt((across * across) + (down * down));
            if (strength <= _strength[i])
                continue;

            // The nearest of the eight neighbours: those beyond 22.5 degrees from an axis are diagonal.
            const float Tangent = 0.4142f;
            _strength[i] = strength;
            _direction[i] = (
                MathF.Abs(across) > Tangent * MathF.Abs(down) ? MathF.Sign(across) : 0,
                MathF.Abs(down) > Tangent * MathF.Abs(across) ? MathF.Sign(down) : 0);
        }
    }

    private PixelImage Draw()
    {
        byte[] pixels = new byte[_width * _height * 3];
        Array.Fill(pixels, byte.MaxValue);
        Stack<int> open = new(Enumerable.Range(0, _strength.Length).Where(i => IsRidge(i) && _strength[i] >= Strong));
        bool[] drawn = new bool[_strength.Length];
        while (open.TryPop(out int i))
        {
            if (drawn[i])
                continue;

            // Draw the pixel, and go on along the weaker ones that hang on it.
            drawn[i] = true;
            pixels.AsSpan(3 * i, 3).Fill(Ink);
            foreach (int next in Neighbours(i))
            {
                if (!drawn[next] && _strength[next] >= Weak && IsRidge(next))
                    open.Push(next);
            }
        }

        return new PixelImage(_width, _height, pixels);
    }

    private bool IsRidge(int i)
    {
        int x = i % _width, y = i / _width;
        var (dx, dy) = _direction[i];
        return _strength[i] > StrengthAt(x - dx, y - dy) && _strength[i] >= StrengthAt(x + dx, y + dy);
    }

    private float StrengthAt(int x, int y) => x >= 0 && x < _width && y >= 0 && y < _height ? _strength[(y * _width) + x] : 0;

    private IEnumerable<int> Neighbours(int i)
    {
        int x = i % _width, y = i / _width;
        for (int near = Math.Max(y - 1, 0); near <= Math.Min(y + 1, _height - 1); near++)
        {
            for (int beside = Math.Max(x - 1, 0); beside <= Math.Min(x + 1, _width - 1); beside++)
                yield return (near * _width) + beside;
        }
    }

    // The binomial filter 1 2 1 both ways.
    private static PixelImage Smooth(PixelImage photo)
    {
        byte[] pixels = new byte[photo.Pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            int channel = i % 3, x = i / 3 % photo.Width, y = i / 3 / photo.Width;
            int At(int dx, int dy) => Pixel(photo, x + dx, y + dy, channel);
            int Row(int dy) => At(-1, dy) + (2 * At(0, dy)) + At(1, dy);
            pixels[i] = (byte)((Row(-1) + (2 * Row(0)) + Row(1) + 8) / 16);
        }

        return new PixelImage(photo.Width, photo.Height, pixels);
    }

    // Beyond the border, the border goes on.
    private static int Pixel(PixelImage image, int x, int y, int channel) =>
        image.Pixels[(((Math.Clamp(y, 0, image.Height - 1) * image.Width) + Math.Clamp(x, 0, image.Width - 1)) * 3) + channel];
}
