using SkiaSharp;

namespace DrawnData;

/// <summary>Helpers for all drawings: bitmaps, fills and colors.</summary>
internal static class Canvas
{
    /// <summary>An opaque image. One unit of the canvas is <paramref name="scale"/> pixels.</summary>
    public static SKBitmap Draw(int width, int height, Action<SKCanvas> draw, float scale = 1)
    {
        SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(bitmap);
        canvas.Scale(scale);
        draw(canvas);
        return bitmap;
    }

    /// <summary>
    /// Fills a path with a color, or with a shader, which it disposes of. Without smoothing, colors are not blended at the border.
    /// </summary>
    public static void Fill(
        this SKCanvas canvas, SKPath path, SKColor color, SKShader? shader = null, float blur = 0, bool isSmooth = true)
    {
        using (shader)
        using (SKMaskFilter? soft = blur > 0 ? SKMaskFilter.CreateBlur(SKBlurStyle.Normal, blur) : null)
        using (SKPaint paint = new() { Color = color, Shader = shader, MaskFilter = soft, IsAntialias = isSmooth })
            canvas.DrawPath(path, paint);
    }

    /// <summary>Fills a rectangle.</summary>
    public static void Fill(this SKCanvas canvas, SKRect area, SKColor color, SKShader? shader = null, bool isSmooth = true)
    {
        using SKPath path = Box(area);
        canvas.Fill(path, color, shader, 0, isSmooth);
    }

    /// <summary>A linear gradient whose colors are evenly spaced from one point to another.</summary>
    public static SKShader Gradient(float x0, float y0, float x1, float y1, params SKColor[] colors)
        => SKShader.CreateLinearGradient(new(x0, y0), new(x1, y1), colors, SKShaderTileMode.Clamp);

    public static SKPath Box(SKRect area)
    {
        SKPath path = new();
        path.AddRect(area);
        return path;
    }

    public static SKPath Oval(float x, float y, float radiusX, float radiusY)
    {
        SKPath path = new();
        path.AddOval(new(x - radiusX, y - radiusY, x + radiusX, y + radiusY));
        return path;
    }

    public static SKPath Polygon(params SKPoint[] points)
    {
        SKPath path = new();
        path.AddPoly(points);
        return path;
    }

    /// <summary>The color 0xRRGGBB.</summary>
    public static SKColor Rgb(uint hex) => new(0xFF000000 | hex);

    /// <summary>The color, <paramref name="factor"/> times as bright and clipped to white.</summary>
    public static SKColor Lit(this SKColor color, float factor)
    {
        byte Part(byte level) => (byte)Math.Clamp((level * factor) + 0.5f, 0, 255);
        return new(Part(color.Red), Part(color.Green), Part(color.Blue), color.Alpha);
    }
}

/// <summary>Random numbers for one drawing. The same seed and number give the same drawing.</summary>
internal sealed class Variation(int seed)
{
    private readonly Random _random = new(seed);

    public static Variation Of(int seed, int number) => new(unchecked((seed * 100_003) + number));

    public float Between(float low, float high) => low + ((high - low) * _random.NextSingle());

    /// <summary>A value that differs from <paramref name="middle"/> by at most the fraction <paramref name="part"/>.</summary>
    public float Near(float middle, float part) => middle * Between(1 - part, 1 + part);

    /// <summary>An integer from <paramref name="low"/> to <paramref name="high"/>, both inclusive.</summary>
    public int Whole(int low, int high) => _random.Next(low, high + 1);

    /// <summary>True with the probability <paramref name="share"/>, 0 to 1.</summary>
    public bool Chance(float share) => _random.NextSingle() < share;
}
