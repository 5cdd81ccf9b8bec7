using DrawnData.Painting;

namespace DrawnData.Fronts;

/// <summary>
/// The front of a house: rows of windows, a door, a roof before the sky. Houses with shutters are plastered, others of brick.
/// </summary>
internal sealed class Front
{
    private readonly float _left;
    private readonly float _right;
    private readonly float _top;    // of the roof
    private readonly float _eaves;
    private readonly float _ground;
    private readonly float _slope;  // how far the roof narrows on each side
    private readonly int _floors;
    private readonly int _columns;
    private readonly int _doorColumn;
    private readonly float _windowWidth; // as a part of its column
    private readonly float _windowTop;   // as parts of its floor
    private readonly float _windowFoot;

    public Front(Variation vary)
    {
        (_left, _right) = (vary.Between(0.02f, 0.1f), vary.Between(0.9f, 0.98f));
        _top = vary.Between(0.03f, 0.1f);
        _eaves = _top + vary.Between(0.1f, 0.17f);
        _ground = vary.Between(0.9f, 0.94f);
        _slope = vary.Between(0, 0.14f);
        (_floors, _columns) = (vary.Whole(2, 3), vary.Whole(2, 4));
        _doorColumn = vary.Whole(0, _columns - 1);
        HasShutters = vary.Chance(0.5f);
        _windowWidth = vary.Between(0.4f, 0.52f);
        _windowTop = vary.Between(0.17f, 0.24f);
        _windowFoot = vary.Between(0.72f, 0.8f);
        (Seed, Brightness) = (vary.Whole(0, 1_000_000), vary.Between(0.92f, 1.05f));
    }

    /// <summary>Whether windows have shutters, and with it what the wall is made of.</summary>
    public bool HasShutters { get; }

    /// <summary>Of bricks, panes and clouds.</summary>
    public int Seed { get; }

    /// <summary>How bright the day is; 1 is usual.</summary>
    public float Brightness { get; }

    /// <summary>What is at a place of the picture.</summary>
    public FrontPoint At(float x, float y)
    {
        if (y >= _ground)
            return new(FrontPart.Pavement, x, (y - _ground) / (1 - _ground));

        if (y < _eaves)
        {
            // The roof reaches a little over the walls.
            float down = (y - _top) / (_eaves - _top), inset = (_slope * (1 - down)) - 0.02f;
            return down >= 0 && x >= _left + inset && x < _right - inset ? new(FrontPart.Roof, x, down) : new(FrontPart.Sky, x, y);
        }

        return x >= _left && x < _right
            ? OnWall((x - _left) / (_right - _left), (y - _eaves) / (_ground - _eaves))
            : new(FrontPart.Sky, x, y);
    }

    private FrontPoint OnWall(float right, float down)
    {
        int column = Math.Min(Noise.Floor(right * _columns), _columns - 1), floor = Math.Min(Noise.Floor(down * _floors), _floors - 1);
        float u = (right * _columns) - column, v = (down * _floors) - floor; // within the cell of a window
        int number = (floor * _columns) + column;

        bool isDoor = floor == _floors - 1 && column == _doorColumn;
        float low = 0.5f - (_windowWidth / 2), high = 0.5f + (_windowWidth / 2), foot = isDoor ? 1 : _windowFoot;
        if (v < _windowTop)
            return new(FrontPart.Wall, right, down);

        float within = (v - _windowTop) / (foot - _windowTop);
        if (u >= low && u < high && v < foot)
            return new(isDoor ? FrontPart.Door : FrontPart.Window, (u - low) / (high - low), within, number);

        if (isDoor)
            return new(FrontPart.Wall, right, down);

        float shutter = 0.36f * _windowWidth;
        if (HasShutters && v < foot && u >= low - shutter && u < high + shutter)
        {
            float across = u < low ? u - low + shutter : u - high;
            return new(FrontPart.Shutter, across / shutter, within, number);
        }

        return v >= foot && v < foot + 0.08f && u >= low - 0.06f && u < high + 0.06f
            ? new(FrontPart.Sill, u, (v - foot) / 0.08f, number)
            : new(FrontPart.Wall, right, down);
    }
}
