using SkiaSharp;
using static DrawnData.Canvas;

namespace DrawnData;

/// <summary>
/// An object on a table, as a photograph or as the outlines of its parts. The shape determines the color, so that the color can be
/// predicted from the outlines.
/// </summary>
internal sealed class TableObject
{
    private const float Tilt = 0.17f; // height to width of horizontal circles, seen from slightly above

    private readonly List<Part> _parts = []; // from back to front; y is up, the object stands at (0, 0)
    private readonly float _horizon, _left, _ground, _brightness;

    /// <summary>The object with this <paramref name="number"/>. The kinds alternate.</summary>
    public TableObject(int number, int seed)
    {
        var vary = Variation.Of(seed, number);
        Action<Variation>[] kinds = [Apple, Bottle, Lamp, Mug, Mushroom, Pear, Plant, Vase];
        kinds[number % kinds.Length](vary);
        (_horizon, _ground) = (vary.Between(0.5f, 0.58f), vary.Between(0.86f, 0.9f));
        (_left, _brightness) = (vary.Between(0.45f, 0.5f), vary.Near(1, 0.05f));
    }

    private enum Look
    {
        Turned, // lit as a cylinder
        Round,  // lit as a ball
        Flat,
    }

    public SKBitmap Photograph(int size) => Draw(size, size, canvas =>
    {
        canvas.Fill(new SKRect(0, 0, 1, _horizon), SKColors.White, Gradient(0, 0, 1, 0.4f, Rgb(0xC6DFEC), Rgb(0x9DBFD3)));
        canvas.Fill(new SKRect(0, _horizon, 1, 1), SKColors.White, Gradient(0, 0.5f, 1, 1, Rgb(0xECCDA3), Rgb(0xD2A877)));
        SKRect box = Place(canvas);
        float wide = box.Width / 2, foot = _parts.Select(part => part.Path.TightBounds).MinBy(bounds => bounds.Top).Width / 2;
        canvas.Fill(Oval(box.MidX + (0.75f * wide), 0.04f, 1.15f * wide, 0.2f * wide), new SKColor(84, 52, 24, 120), blur: 0.09f * wide);
        canvas.Fill(Oval(0.03f, -0.01f, 1.1f * foot, 1.4f * Tilt * foot), new SKColor(70, 42, 20, 130), blur: 0.04f);
        foreach (Part part in _parts)
            Paint(canvas, part);
    }, size);

    public SKBitmap Outlines(int size) => Draw(size, size, canvas =>
    {
        using SKPaint pen = new() { Color = SKColors.Black, Style = SKPaintStyle.Stroke }; // one pixel wide, at any scale
        canvas.Clear(SKColors.White);
        canvas.DrawLine(0, _horizon, 1, _horizon, pen);
        Place(canvas);
        foreach (Part part in _parts)
        {
            canvas.Fill(part.Path, SKColors.White, isSmooth: false);
            canvas.DrawPath(part.Path, pen);
        }
    }, size);

    // As large as the image allows, with the y axis pointing up.
    private SKRect Place(SKCanvas canvas)
    {
        SKRect box = _parts.Select(part => part.Path.TightBounds).Aggregate(SKRect.Union);
        float scale = MathF.Min(0.8f / box.Bottom, 0.74f / box.Width);
        canvas.Translate(_left - (scale * box.MidX), _ground);
        canvas.Scale(scale, -scale);
        return box;
    }

    private void Paint(SKCanvas canvas, Part part)
    {
        SKRect box = part.Path.TightBounds;
        SKColor color = part.Color.Lit(_brightness);
        SKPoint light = new(box.Left + (0.32f * box.Width), box.Bottom - (0.3f * box.Height));
        canvas.Fill(part.Path, color, part.Look switch
        {
            Look.Turned => Gradient(box.Left, 0, box.Right, 0, color.Lit(0.8f), color.Lit(1.2f), color, color.Lit(0.72f), color.Lit(0.45f)),
            Look.Round => SKShader.CreateTwoPointConicalGradient(
                light, 0, new(box.MidX, box.MidY), 0.66f * MathF.Max(box.Width, box.Height),
                [color.Lit(1.25f), color, color.Lit(0.75f), color.Lit(0.4f)], [0, 0.4f, 0.75f, 1], SKShaderTileMode.Clamp),
            _ => null,
        });
        if (part.Gloss == 0)
            return;

        // The reflection of the window that lights the scene.
        float x = box.Left + (0.27f * box.Width), y = box.Bottom - (0.32f * box.Height), w = 0.11f * box.Width, h = 0.13f * box.Height;
        canvas.Save();
        canvas.ClipPath(part.Path, antialias: true);
        canvas.Fill(
            Polygon(new(x - (0.8f * w), y - h), new(x + w, y - (0.7f * h)), new(x + (1.2f * w), y + h), new(x - (0.2f * w), y + h)),
            SKColors.White.WithAlpha((byte)(255 * part.Gloss)), blur: 0.018f);
        canvas.Restore();
    }

    private void Add(Look look, uint color, SKPath path, float gloss = 0)
        => _parts.Add(new(path, Rgb(color), look, gloss));

    private void Apple(Variation vary)
    {
        float w = vary.Near(0.62f, 0.08f), h = vary.Near(1, 0.07f), bend = vary.Between(-0.1f, 0.16f);
        SKPath body = Turned(
            (0.3f * w, 0.01f), (0.62f * w, 0.08f * h), (0.93f * w, 0.36f * h), (w, 0.6f * h), (0.9f * w, 0.82f * h), (0.6f * w, 0.96f * h),
            (0.28f * w, h));
        Add(Look.Round, 0xD81F26, body, gloss: 0.75f);
        Add(Look.Turned, 0xB3701F, Oval(0, 0.93f * h, 0.24f * w, 0.06f));
        Add(Look.Flat, 0x6B4423, Line(0.06f, new(0, 0.93f * h), new(bend / 3, 1.08f * h), new(bend, 1.22f * h)));
        Add(Look.Turned, 0x3F9B3A, Leaf(bend / 3, 1.06f * h, vary.Chance(0.5f) ? 1.1f : -1.1f, 0.45f, 0.13f));
    }

    private void Pear(Variation vary)
    {
        float w = vary.Near(0.55f, 0.08f), h = vary.Near(1.2f, 0.07f), bend = vary.Between(-0.12f, 0.12f);
        SKPath body = Turned(
            (0.35f * w, 0.01f), (0.78f * w, 0.1f * h), (w, 0.3f * h), (0.88f * w, 0.5f * h), (0.62f * w, 0.69f * h), (0.44f * w, 0.85f * h),
            (0.3f * w, 0.96f * h), (0.1f * w, h));
        Add(Look.Round, 0xCBD232, body, gloss: 0.6f);
        Add(Look.Flat, 0x6B4423, Line(0.06f, new(0, 0.98f * h), new(bend / 3, 1.07f * h), new(bend, 1.17f * h)));
    }

    private void Mug(Variation vary)
    {
        float w = vary.Near(0.47f, 0.1f), h = vary.Near(0.98f, 0.1f), waist = vary.Between(0.9f, 1.02f);
        float side = vary.Chance(0.5f) ? 1 : -1, reach = vary.Near(0.62f, 0.1f);
        SKPoint[] handle = [new(0.9f * w, 0.78f), new(0.9f * w + reach, 0.9f), new(0.9f * w + reach, 0.2f), new(0.9f * w, 0.24f)];
        Add(Look.Turned, 0x1F63C6, Line(0.13f, [.. handle.Select(point => new SKPoint(side * point.X, h * point.Y))]));
        SKPath body = Turned((0.85f * w, 0.02f), (0.93f * w, 0.06f), (waist * w, 0.3f * h), (waist * w, 0.6f * h), (w, h));
        Add(Look.Turned, 0x1F63C6, body, gloss: 0.6f);
        Add(Look.Turned, 0x4F8BE0, Oval(0, h, w, Tilt * w));
        Add(Look.Turned, 0x5A3419, Oval(0, h - 0.01f, 0.88f * w, 0.8f * Tilt * w));
    }

    private void Bottle(Variation vary)
    {
        float w = vary.Near(0.4f, 0.1f), h = vary.Near(1.36f, 0.05f), shoulder = vary.Between(0.52f, 0.62f) * h, neck = 0.3f * w;
        Add(Look.Turned, 0xC59A6B, Turned((0.8f * neck, 0.95f * h), (0.85f * neck, 1.05f * h)));
        SKPath body = Turned(
            (0.9f * w, 0.02f), (w, 0.07f), (w, 0.3f * h), (w, shoulder), (0.82f * w, shoulder + (0.11f * h)),
            (0.38f * w, shoulder + (0.22f * h)), (neck, 0.9f * h), (neck, 0.95f * h));
        Add(Look.Turned, 0x166B40, body, gloss: 0.7f);
        Add(Look.Turned, 0x1B7A4A, Turned((1.2f * neck, 0.94f * h), (1.2f * neck, 0.98f * h)));
        Add(Look.Turned, 0xF3EDDC, Band(1.005f * w, 0.16f * h, 0.45f * h));
    }

    private void Vase(Variation vary)
    {
        float w = vary.Near(0.55f, 0.1f), h = vary.Near(1.25f, 0.07f), neck = vary.Between(0.36f, 0.48f);
        SKPath body = Turned(
            (0.5f * w, 0.02f), (0.56f * w, 0.06f), (0.82f * w, 0.22f * h), (w, 0.45f * h), (0.86f * w, 0.66f * h), (neck * w, 0.84f * h),
            (neck * w, 0.91f * h), ((neck + 0.22f) * w, h));
        Add(Look.Turned, 0x7B3FB5, body, gloss: 0.6f);
        Add(Look.Turned, 0xEFE0F5, Band(0.995f * w, 0.41f * h, 0.48f * h));
        Add(Look.Turned, 0x4B2372, Oval(0, h, (neck + 0.2f) * w, Tilt * w * 0.55f));
    }

    private void Mushroom(Variation vary)
    {
        float w = vary.Near(0.66f, 0.09f), stem = vary.Near(0.19f, 0.12f), rim = vary.Near(0.5f, 0.08f), top = vary.Near(0.58f, 0.1f);
        Add(Look.Turned, 0xF6EEDF, Turned((1.5f * stem, 0.02f), (1.5f * stem, 0.09f), (1.05f * stem, 0.3f), (stem, rim + 0.1f)));
        SKPath cap = Turned((w, rim), (0.97f * w, rim + (0.35f * top)), (0.72f * w, rim + (0.75f * top)), (0.2f * w, rim + top));
        Add(Look.Round, 0xD8321F, cap, gloss: 0.5f);
        float turn = vary.Between(-0.3f, 0.3f);
        for (int i = 0; i < 9; i++)
        {
            // Rows of four, three and two spots around the dome, narrower toward its sides.
            var (row, place) = i < 4 ? (0.12f, i - 1.5f) : i < 7 ? (0.5f, i - 5f) : (0.82f, i - 7.5f);
            float angle = (0.62f * place) + turn, spot = vary.Between(0.06f, 0.1f), around = w * MathF.Sqrt(1 - (row * row));
            float y = rim + (top * row) - (0.1f * around * MathF.Cos(angle)) + vary.Between(0.03f, 0.09f);
            using SKPath oval = Oval(around * MathF.Sin(angle), y, spot * MathF.Cos(angle), spot * 0.8f);
            Add(Look.Flat, 0xFFF6EA, oval.Op(cap, SKPathOp.Intersect));
        }
    }

    private void Plant(Variation vary)
    {
        float w = vary.Near(0.42f, 0.1f), h = vary.Near(0.56f, 0.1f);
        Add(Look.Flat, 0x4A3222, Oval(0, h, w, Tilt * w));
        for (int i = 0; i < 13; i++)
        {
            // From the outer leaves to the upright ones in the middle.
            float lean = (((i % 2 * 2) - 1) * (1.25f - (0.095f * i))) + vary.Between(-0.1f, 0.1f);
            float length = vary.Near(0.62f + (0.02f * i), 0.1f);
            Add(Look.Turned, i % 3 == 0 ? 0x2E8B33u : i % 3 == 1 ? 0x3FA535u : 0x55B545u, Leaf(0, h, lean, length, 0.1f));
        }

        Add(Look.Turned, 0xC8673A, Turned((0.72f * w, 0.02f), (0.93f * w, 0.74f * h)));
        Add(Look.Turned, 0xD4733F, Band(1.1f * w, 0.74f * h, h));
    }

    private void Lamp(Variation vary)
    {
        float w = vary.Near(0.58f, 0.08f), top = vary.Near(1.3f, 0.04f), rim = vary.Near(0.66f, 0.06f), narrow = vary.Between(0.5f, 0.66f);
        Add(Look.Turned, 0xB58838, Turned((0.36f, 0.01f), (0.36f, 0.05f), (0.16f, 0.1f), (0.06f, 0.16f), (0.05f, 0.3f)));
        Add(Look.Turned, 0xB58838, Turned((0.05f, 0.28f), (0.12f, 0.36f), (0.12f, 0.44f), (0.045f, 0.54f), (0.045f, rim + 0.1f)), gloss: 0.5f);
        Add(Look.Turned, 0xFFC93C, Turned((w, rim), (narrow * w, top)));
        Add(Look.Flat, 0xFFF0B8, Oval(0, top, narrow * w, Tilt * narrow * w));
    }

    // A solid of revolution: a smooth curve through the points (radius, height) from the foot up, and its mirror image.
    private static SKPath Turned(params (float Radius, float Height)[] points)
    {
        SKPath path = new();
        (float Radius, float Height)[] all = [points[0], .. points, points[^1]];
        var (foot, top) = (points[0], points[^1]);
        path.MoveTo(-foot.Radius, foot.Height);
        path.ArcTo(Circle(foot), 180, 180, false);
        for (int i = 1; i < points.Length; i++)
            AddSpan(all[i - 1], all[i], all[i + 1], all[i + 2], 1);
        path.ArcTo(Circle(top), 0, 180, false);
        for (int i = points.Length - 1; i >= 1; i--)
            AddSpan(all[i + 2], all[i + 1], all[i], all[i - 1], -1);
        path.Close();
        return path;

        // A Catmull-Rom spline.
        void AddSpan((float X, float Y) before, (float X, float Y) from, (float X, float Y) to, (float X, float Y) after, float side)
            => path.CubicTo(
                side * (from.X + ((to.X - before.X) / 6)), from.Y + ((to.Y - before.Y) / 6),
                side * (to.X - ((after.X - from.X) / 6)), to.Y - ((after.Y - from.Y) / 6), side * to.X, to.Y);

        static SKRect Circle((float Radius, float Height) at)
            => new(-at.Radius, at.Height - (Tilt * at.Radius), at.Radius, at.Height + (Tilt * at.Radius));
    }

    // The visible part of a band around a body. Both borders curve down in the middle.
    private static SKPath Band(float radius, float low, float high)
    {
        SKPath path = new();
        path.MoveTo(-radius, low);
        path.ArcTo(new(-radius, low - (Tilt * radius), radius, low + (Tilt * radius)), 180, 180, false);
        path.LineTo(radius, high);
        path.ArcTo(new(-radius, high - (Tilt * radius), radius, high + (Tilt * radius)), 0, -180, false);
        path.Close();
        return path;
    }

    private static SKPath Line(float width, params SKPoint[] points)
    {
        using SKPath line = new();
        line.MoveTo(points[0]);
        if (points.Length == 4)
            line.CubicTo(points[1], points[2], points[3]);
        else
            line.QuadTo(points[1], points[2]);
        using SKPaint pen = new() { Style = SKPaintStyle.Stroke, StrokeWidth = width, StrokeCap = SKStrokeCap.Butt };
        return pen.GetFillPath(line, 20);
    }

    private static SKPath Leaf(float x, float y, float lean, float length, float half)
    {
        SKPath path = new();
        path.MoveTo(0, 0);
        path.QuadTo(half * 1.6f, 0.45f * length, 0, length);
        path.QuadTo(-half * 1.6f, 0.45f * length, 0, 0);
        path.Transform(SKMatrix.CreateRotation(-lean).PostConcat(SKMatrix.CreateTranslation(x, y)));
        return path;
    }

    private sealed record Part(SKPath Path, SKColor Color, Look Look, float Gloss);
}
