using SkiaSharp;
using static DrawnData.Canvas;

namespace DrawnData;

/// <summary>A town from above: blocks, some of which are parks, between streets and an avenue. Most towns have a river.</summary>
internal sealed class Town
{
    private const float Street = 0.04f; // widths
    private const float Avenue = 0.072f;
    private const int AvenueStep = 8; // streets from one avenue to the next; small towns have only one avenue

    private readonly float _angle, _width, _height, _startX, _startY; // of a block with its street
    private readonly int _avenue, _seed;
    private readonly SKPath _river = new();
    private readonly float _riverWidth;

    /// <summary>A town of the size of one image, or of <paramref name="across"/> by <paramref name="down"/> images.</summary>
    public Town(Variation vary, float across = 1, float down = 1)
    {
        (_angle, _width, _height) = (vary.Between(-20, 20), vary.Between(0.3f, 0.42f), vary.Between(0.26f, 0.36f));
        (_startX, _startY) = (vary.Between(0, _width), vary.Between(0, _height));
        (_avenue, _seed) = (vary.Whole(0, 1), vary.Whole(0, 1_000_000));
        float middle = vary.Between(0.1f, 0.9f), slope = vary.Between(-0.4f, 0.4f), bend = vary.Between(-0.5f, 0.5f);
        _riverWidth = vary.Between(0.1f, 0.22f);
        if (vary.Chance(0.65f))
        {
            _river.MoveTo(across * (middle - slope), -0.2f * down);
            _river.QuadTo(across * (middle + bend), 0.5f * down, across * (middle + slope), 1.2f * down);
        }
    }

    /// <summary>The map in flat colors. One unit of the town is <paramref name="scale"/> pixels.</summary>
    public SKBitmap Map(int width, int height, int scale) => Draw(width, height, canvas =>
    {
        canvas.Clear(Rgb(0xEFEBE2));
        foreach (var (area, isPark, _, buildings) in Blocks(canvas))
        {
            if (isPark)
                canvas.Fill(area, Rgb(0xC0E2A8), isSmooth: false);
            foreach (SKRect building in buildings)
                canvas.Fill(building, Rgb(0xD6CFC4), isSmooth: false);
        }

        DrawRiver(canvas, Rgb(0xA3CCFF), _riverWidth, isSmooth: false);
        DrawRoads(canvas, (road, width) => Stroke(canvas, road, width, Rgb(width == Avenue ? 0xFFD773 : 0xFFFFFFu), isSmooth: false));
    }, scale);

    /// <summary>The same town from the air: roofs with shadows, trees, asphalt and water. The light comes from the upper left.</summary>
    public SKBitmap AerialPhotograph(int size) => Draw(size, size, canvas =>
    {
        Variation vary = new(_seed);
        foreach (var (area, isPark, isHall, buildings) in Blocks(canvas))
        {
            SKPoint Anywhere() => new(vary.Between(area.Left, area.Right), vary.Between(area.Top, area.Bottom));
            canvas.Fill(area, Rgb(isPark ? 0x6F8A4C : 0xA29C7Cu));
            for (int i = 0; i < 26; i++) // grass and bare ground
            {
                SKPoint at = Anywhere();
                uint color = isPark ? (i % 2 == 0 ? 0x5C7A40u : 0x87995C) : i % 2 == 0 ? 0x8C8F68u : 0xB5A888;
                canvas.Fill(Oval(at.X, at.Y, 0.03f, 0.03f), Rgb(color).WithAlpha(150), blur: 0.01f);
            }

            for (int i = isPark ? 44 : 9; i > 0; i--)
                Tree(canvas, Anywhere(), vary.Between(0.014f, 0.026f));
            foreach (SKRect building in buildings)
                Roof(canvas, building, isHall, vary);
        }

        DrawRiver(canvas, Rgb(0x55735F), _riverWidth);
        DrawRiver(canvas, Rgb(0x2A4A54), 0.8f * _riverWidth, blur: 0.012f);
        DrawRiver(canvas, Rgb(0x3C616A), 0.3f * _riverWidth, blur: 0.02f);
        DrawRoads(canvas, (road, width) =>
        {
            Stroke(canvas, road, width, Rgb(0x9A968E));
            Stroke(canvas, road, 0.8f * width, Rgb(0x6A6B6E));
            Stroke(canvas, road, 0.005f, Rgb(0xD9D6CC), dash: width == Avenue ? 0.025f : 0.05f);
        });
    }, size);

    // Shadows fall to the lower right, however the streets run. Halls have flat gray roofs, and houses have tiled roofs with two slopes.
    private void Roof(SKCanvas canvas, SKRect area, bool isHall, Variation vary)
    {
        SKRect shadow = area;
        shadow.Offset(SKMatrix.CreateRotationDegrees(-_angle).MapVector(0.016f, 0.016f));
        canvas.Fill(shadow, new SKColor(20, 24, 20, 130));
        if (!isHall)
        {
            SKColor tiles = Rgb(vary.Chance(0.5f) ? 0x96594A : 0x9F6A54u).Lit(vary.Between(0.92f, 1.08f));
            canvas.Fill(area, tiles.Lit(0.78f));
            canvas.Fill(new SKRect(area.Left, area.Top, area.Right, area.MidY), tiles.Lit(1.2f));
            return;
        }

        canvas.Fill(area, Rgb(0xD2D0CA));
        area.Inflate(-0.01f, -0.01f);
        canvas.Fill(area, Rgb(0xB4B2AC));
        for (int i = 0; i < 5; i++) // vents
            canvas.Fill(SKRect.Create(vary.Between(area.Left, area.MidX), vary.Between(area.Top, area.MidY), 0.02f, 0.02f), Rgb(0x85837E));
    }

    private static void Tree(SKCanvas canvas, SKPoint at, float radius)
    {
        canvas.Fill(Oval(at.X + (0.4f * radius), at.Y + (0.4f * radius), radius, radius), new SKColor(20, 30, 16, 110));
        canvas.Fill(Oval(at.X, at.Y, radius, radius), SKColors.White, SKShader.CreateRadialGradient(
            new(at.X - (0.4f * radius), at.Y - (0.4f * radius)), 1.5f * radius, [Rgb(0x6C8F50), Rgb(0x1F3622)], SKShaderTileMode.Clamp));
    }

    // Rotates the canvas so that the streets run along its axes. A block depends on its position, not on the size of the town.
    private IEnumerable<(SKRect Area, bool IsPark, bool IsHall, IReadOnlyList<SKRect> Buildings)> Blocks(SKCanvas canvas)
    {
        canvas.RotateDegrees(_angle, 0.5f, 0.5f);
        var (columns, rows) = Grid(canvas);
        foreach (int row in rows)
        {
            foreach (int column in columns)
            {
                SKRect area = SKRect.Create(_startX + (column * _width), _startY + (row * _height), _width, _height);
                Variation vary = new(unchecked((((_seed * 31_337) + row) * 31_337) + column));
                bool isPark = vary.Chance(0.18f), isHall = vary.Chance(0.25f);
                yield return (area, isPark, isHall, isPark ? [] : [.. Buildings(area, isHall ? 1 : 2, vary)]);
            }
        }
    }

    // One hall, or a grid of two by two houses with some gaps.
    private static IEnumerable<SKRect> Buildings(SKRect block, int parts, Variation vary)
    {
        float width = 0.74f * block.Width / parts, height = 0.74f * block.Height / parts;
        for (int i = 0; i < parts * parts; i++)
        {
            float left = block.Left + (0.13f * block.Width) + (i % parts * width);
            float top = block.Top + (0.13f * block.Height) + (i / parts * height);
            SKRect building = new(
                left + (width * vary.Between(0.06f, 0.18f)), top + (height * vary.Between(0.06f, 0.18f)),
                left + (width * vary.Between(0.74f, 0.94f)), top + (height * vary.Between(0.74f, 0.94f)));
            if (parts == 1 || vary.Chance(0.85f))
                yield return building;
        }
    }

    // The blocks that may be partly visible. Streets run along their upper and left borders.
    private (IEnumerable<int> Columns, IEnumerable<int> Rows) Grid(SKCanvas canvas)
    {
        SKRect box = canvas.LocalClipBounds;
        return (Numbers(box.Left - _startX, box.Width, _width), Numbers(box.Top - _startY, box.Height, _height));

        static IEnumerable<int> Numbers(float from, float length, float step)
            => Enumerable.Range((int)MathF.Floor(from / step), (int)(length / step) + 3);
    }

    private void DrawRoads(SKCanvas canvas, Action<SKPath, float> draw)
    {
        SKRect box = canvas.LocalClipBounds;
        var (columns, rows) = Grid(canvas);
        foreach (int row in rows)
            Road(box.Left, _startY + (row * _height), box.Right, _startY + (row * _height), Street);
        foreach (int column in columns.OrderBy(IsAvenue))
            Road(_startX + (column * _width), box.Top, _startX + (column * _width), box.Bottom, IsAvenue(column) ? Avenue : Street);

        bool IsAvenue(int column) => (column - _avenue) % AvenueStep == 0;

        void Road(float x0, float y0, float x1, float y1, float width)
        {
            using SKPath road = Polygon(new(x0, y0), new(x1, y1));
            draw(road, width);
        }
    }

    // The river is not rotated with the streets.
    private void DrawRiver(SKCanvas canvas, SKColor color, float width, float blur = 0, bool isSmooth = true)
    {
        canvas.RotateDegrees(-_angle, 0.5f, 0.5f);
        Stroke(canvas, _river, width, color, isSmooth, blur: blur);
        canvas.RotateDegrees(_angle, 0.5f, 0.5f);
    }

    private static void Stroke(
        SKCanvas canvas, SKPath line, float width, SKColor color, bool isSmooth = true, float dash = 0, float blur = 0)
    {
        using SKPaint pen = new() { Color = color, Style = SKPaintStyle.Stroke, StrokeWidth = width, IsAntialias = isSmooth };
        using SKPathEffect? dashes = pen.PathEffect = dash > 0 ? SKPathEffect.CreateDash([dash, dash], 0) : null;
        using SKMaskFilter? soft = pen.MaskFilter = blur > 0 ? SKMaskFilter.CreateBlur(SKBlurStyle.Normal, blur) : null;
        canvas.DrawPath(line, pen);
    }
}
