using SkiaSharp;
using static DrawnData.Canvas;

namespace DrawnData;

/// <summary>
/// The facade of a house: rows of windows, a door, and a roof against the sky. Houses with shutters have plaster walls; others have brick
/// walls.
/// </summary>
internal sealed class Front
{
    private readonly List<(string Part, SKPath Path)> _parts = []; // from back to front
    private readonly SKRect _wall;
    private readonly bool _hasShutters;
    private readonly float _brightness;
    private readonly int _seed;

    public Front(Variation vary)
    {
        float left = vary.Between(0.02f, 0.1f), right = vary.Between(0.9f, 0.98f), top = vary.Between(0.03f, 0.1f);
        float eaves = top + vary.Between(0.1f, 0.17f), ground = vary.Between(0.9f, 0.94f), slope = vary.Between(0, 0.14f);
        int floors = vary.Whole(2, 3), columns = vary.Whole(2, 4), doorColumn = vary.Whole(0, columns - 1);
        _wall = new(left, eaves, right, ground);
        _hasShutters = vary.Chance(0.5f);
        float half = vary.Between(0.2f, 0.26f), windowTop = vary.Between(0.17f, 0.24f), windowFoot = vary.Between(0.72f, 0.8f);
        (_seed, _brightness) = (vary.Whole(0, 1_000_000), vary.Between(0.92f, 1.05f));

        Add("sky", new(0, 0, 1, 1));
        Add("wall", _wall);
        _parts.Add(("roof", Polygon(
            new(left - 0.02f + slope, top), new(right + 0.02f - slope, top), new(right + 0.02f, eaves), new(left - 0.02f, eaves))));
        Add("pavement", new(0, ground, 1, 1));
        for (int cell = 0; cell < floors * columns; cell++)
        {
            var (row, column) = Math.DivRem(cell, columns);
            float width = _wall.Width / columns, height = _wall.Height / floors, shutter = 0.72f * half * width;
            float middle = left + ((column + 0.5f) * width), upper = eaves + ((row + windowTop) * height);
            float lower = eaves + ((row + windowFoot) * height);
            SKRect window = new(middle - (half * width), upper, middle + (half * width), lower);
            if (row == floors - 1 && column == doorColumn)
            {
                Add("door", new(window.Left, upper, window.Right, ground));
                continue;
            }

            Add("window", window);
            Add("sill", new(window.Left - (0.06f * width), lower, window.Right + (0.06f * width), lower + (0.08f * height)));
            if (_hasShutters)
            {
                Add("shutter", new(window.Left - shutter, upper, window.Left, lower));
                Add("shutter", new(window.Right, upper, window.Right + shutter, lower));
            }
        }
    }

    /// <summary>One flat color for each part, as in CMP Facades.</summary>
    public SKBitmap Labels(int size) => Draw(size, size, canvas =>
    {
        foreach (var (part, path) in _parts)
        {
            canvas.Fill(path, isSmooth: false, color: Rgb(part switch
            {
                "sky" => 0x0000AA,
                "roof" => 0xAA0000,
                "wall" => 0x0000FF,
                "window" => 0x00AAFF,
                "sill" => 0x55FFAA,
                "shutter" => 0xFFFF00,
                "door" => 0xFF5500,
                _ => 0xFFAA00, // pavement
            }));
        }
    }, size);

    /// <summary>Brick or plaster, tiles, panes that reflect the sky, and light from the upper left.</summary>
    public SKBitmap Photograph(int size) => Draw(size, size, canvas =>
    {
        Variation vary = new(_seed);
        foreach (var (part, path) in _parts)
        {
            SKRect box = path.Bounds;
            canvas.Save();
            if (part is "roof" or "sill" or "shutter")
            {
                using SKPath shadow = new(path);
                shadow.Offset(0.01f, 0.016f);
                canvas.ClipRect(_wall);
                canvas.Fill(shadow, new SKColor(0, 0, 0, 90));
                canvas.Restore();
                canvas.Save();
            }

            canvas.ClipPath(path, antialias: true);
            Action<SKCanvas, SKRect, Variation> paint = part switch
            {
                "sky" => Sky,
                "roof" => (c, b, v) => Rows(c, b, v, 0.029f, 0.033f, Lit(_hasShutters ? 0xB4583A : 0x59616Eu), gap: 0.2f, 0x40342E),
                "wall" when _hasShutters => Plaster,
                "wall" => (c, b, v) => Rows(c, b, v, 0.033f, 0.066f, Lit(0xA54E38), gap: 0.16f, 0xC3AC99),
                "window" => Window,
                "sill" => (c, b, _) => c.Fill(b, SKColors.White, Gradient(0, b.Top, 0, b.Bottom, Lit(0xF4F1EA), Lit(0x8A857C))),
                "shutter" => Shutter,
                "door" => Door,
                _ => (c, b, v) => Rows(c, b, v, b.Height / 2, 0.11f, Lit(0x9C968D), gap: 0.08f, 0x6E6A62),
            };
            paint(canvas, box, vary);
            canvas.Restore();
        }

        canvas.Fill(_wall, SKColors.White, Gradient(0, 0, 1, 0, SKColors.Transparent, new SKColor(0, 0, 0, 36)));
    }, size);

    private static void Sky(SKCanvas canvas, SKRect box, Variation vary)
    {
        canvas.Fill(box, SKColors.White, Gradient(0, 0, 0, 0.7f, Rgb(0x6FA5DC), Rgb(0xC9DEF2)));
        for (int i = 0; i < 5; i++)
        {
            float x = vary.Between(0, 1), y = vary.Between(0, 0.3f);
            canvas.Fill(Oval(x, y, vary.Between(0.1f, 0.25f), vary.Between(0.02f, 0.05f)), new SKColor(250, 250, 252, 200), blur: 0.02f);
        }
    }

    // Bricks, tiles or slabs: each row is offset by half a stone, and each stone has its own tone.
    private static void Rows(
        SKCanvas canvas, SKRect box, Variation vary, float height, float width, SKColor color, float gap, uint gapColor)
    {
        canvas.Fill(box, Rgb(gapColor));
        for (int row = 0; row * height < box.Height; row++)
        {
            float y = box.Top + (row * height), joint = gap * height;
            for (float x = box.Left - (row % 2 * width / 2); x < box.Right; x += width)
                canvas.Fill(new SKRect(x, y, x + width - joint, y + height - joint), color.Lit(vary.Between(0.82f, 1.16f)));
        }
    }

    private void Plaster(SKCanvas canvas, SKRect box, Variation vary)
    {
        canvas.Fill(box, Lit(0xE3C27C));
        for (int i = 0; i < 24; i++)
        {
            using SKPath stain = Oval(vary.Between(0, 1), vary.Between(0, 1), vary.Between(0.03f, 0.15f), vary.Between(0.04f, 0.2f));
            canvas.Fill(stain, Lit(i % 2 == 0 ? 0xC9A25Cu : 0xF0D594).WithAlpha(80), blur: 0.03f);
        }
    }

    // A frame with a cross. The panes show the dark room and the reflected sky.
    private void Window(SKCanvas canvas, SKRect box, Variation vary)
    {
        float turn = vary.Between(0, 0.3f), bar = 0.09f * box.Width;
        canvas.Fill(box, Lit(0xF4F1EA));
        foreach (var (left, top, right, bottom) in ((float, float, float, float)[])
            [(0.1f, 0.07f, 0.46f, 0.37f), (0.54f, 0.07f, 0.9f, 0.37f), (0.1f, 0.44f, 0.46f, 0.93f), (0.54f, 0.44f, 0.9f, 0.93f)])
        {
            SKRect pane = Within(box, left, top, right, bottom);
            canvas.Fill(pane, SKColors.White, Gradient(
                box.Left, box.Top + (turn * box.Height), box.Right, box.Bottom + (turn * box.Height), Lit(0xA9C6DE), Lit(0x24303C)));
        }

        canvas.Fill(new SKRect(box.Left, box.Top, box.Right, box.Top + bar), new SKColor(0, 0, 0, 90));
    }

    private void Shutter(SKCanvas canvas, SKRect box, Variation vary)
    {
        canvas.Fill(box, Lit(0x2F6B54));
        for (int slat = 0; slat < 8; slat++)
        {
            SKRect area = Within(box, 0.14f, 0.06f + (0.11f * slat), 0.86f, 0.06f + (0.11f * (slat + 0.85f)));
            canvas.Fill(area, SKColors.White, Gradient(0, area.Top, 0, area.Bottom, Lit(0x1F4A3A), Lit(0x3A8268)));
        }
    }

    private void Door(SKCanvas canvas, SKRect box, Variation vary)
    {
        canvas.Fill(box, Lit(0xF4F1EA));
        canvas.Fill(Within(box, 0.08f, 0.04f, 0.92f, 0.16f), Lit(0x55708A)); // the window above the door
        canvas.Fill(Within(box, 0.08f, 0.2f, 0.92f, 1), Lit(0x764526));
        foreach (float left in (float[])[0.16f, 0.56f])
        {
            canvas.Fill(Within(box, left, 0.28f, left + 0.28f, 0.55f), Lit(0x50301A));
            canvas.Fill(Within(box, left, 0.65f, left + 0.28f, 0.92f), Lit(0x50301A));
        }

        canvas.Fill(Within(box, 0.46f, 0.57f, 0.54f, 0.62f), Lit(0xE0C060));
    }

    private void Add(string part, SKRect area) => _parts.Add((part, Box(area)));

    private SKColor Lit(uint hex) => Rgb(hex).Lit(_brightness);

    private static SKRect Within(SKRect box, float left, float top, float right, float bottom) => new(
        box.Left + (left * box.Width), box.Top + (top * box.Height), box.Left + (right * box.Width), box.Top + (bottom * box.Height));
}
