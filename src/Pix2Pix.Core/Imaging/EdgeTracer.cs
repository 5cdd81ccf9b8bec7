
namespace Pix2Pix.Imaging;

/// <summary>
/// Draws ridges as lines: those above the high threshold, and those connected to them above the low threshold (hysteresis).
/// </summary>
internal sealed class EdgeTracer
{
    private const byte Paper = 255;
    private const byte Ink = 0;

    private readonly FloatPlane _ridges;
    private readonly float _low;
    private readonly float _high;
    private readonly int _minLength;
    private readonly PixelImage _drawing;
    private readonly List<int> _line = []; // positions in the plane

    public EdgeTracer(FloatPlane ridges, EdgeThresholds thresholds, int minLength)
    {
        _ridges = ridges;
        (_low, _high) = ((float)(thresholds.Low * thresholds.Low), (float)(thresholds.High * thresholds.High));
        _minLength = minLength;
        _drawing = new PixelImage(ridges.Width, ridges.Height, channels: 1);
        Array.Fill(_drawing.Pixels, Paper);
    }

    /// <summary>Draws black lines on white in one channel. Ridges that were visited are cleared from the plane.</summary>
    public PixelImage Draw()
    {
        var ridges = _ridges.Values;
        for (var y = 0; y < _ridges.Height; y++)
        {
            var (first, end) = (_ridges.At(0, y), _ridges.At(_ridges.Width, y));
            for (var place = first; place < end; place++)
            {
                if (ridges[place] > _high)
                    Follow(ridges, place);
            }
        }

        return _drawing;
    }

    private void Follow(Span<float> ridges, int start)
    {
        _line.Clear();
        Take(ridges, start);
        for (var traced = 0; traced < _line.Count; traced++)
        {
            var (at, stride) = (_line[traced], _ridges.Stride);
            for (var row = at - stride; row <= at + stride; row += stride)
            {
                for (var place = row - 1; place <= row + 1; place++)
                {
                    if (ridges[place] > _low)
                        Take(ridges, place);
                }
            }
        }

        if (_line.Count < _minLength)
            return;
        foreach (var place in _line)
        {
            var (y, x) = Math.DivRem(place - _ridges.At(0, 0), _ridges.Stride);
            _drawing.Pixels[(y * _drawing.Width) + x] = Ink;
        }
    }

    private void Take(Span<float> ridges, int place)
    {
        ridges[place] = 0;
        _line.Add(place);
    }
}
