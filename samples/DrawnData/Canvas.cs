using SkiaSharp;

namespace DrawnData;

/// <summary>What all drawings share: bitmaps, fills, colors.</summary>
internal static class Canvas
{
    /// <summary>An opaque image; <paramref name="scale"/> pixels are 1 on the canvas.</summary>
    public static SKBitmap Draw(int width, int height, Action<SKCanvas> draw, float scale = 1)
    {
        SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(bitmap);
        canvas.Scale(scale);
        draw(canvas);
        return bitmap;
    }

    /// <summary>
    /// Fills a path with a color, or with a shader, which is disposed of. Without smoothing, no colors are blended at the border.
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

    /// <summary>A color from 0xRRGGBB.</summary>
    public static SKColor Rgb(uint hex) => new(0xFF000000 | hex);

    /// <summary>The color with <paramref name="factor"/> times the light; what exceeds white is cut off.</summary>
    public static SKColor Lit(this SKColor color, float factor)
    {
        byte Part(byte level) => (byte)Math.Clamp((level * factor) + 0.5f, 0, 255);
        return new(Part(color.Red), Part(color.Green), Part(color.Blue), color.Alpha);
    }
}

/// <summary>Random numbers of one drawing: the same seed and number give the same drawing.</summary>
internal sealed class Variation(int seed)
{
    private readonly Random _random = new(seed);

    public static Variation Of(int seed, int number) => new(unchecked((seed * 100_003) + number));

    public float Between(float low, float high) => low + ((high - low) * _random.NextSingle());

    /// <summary>A value at most <paramref name="part"/> of it above or below <paramref name="middle"/>.</summary>
    public float Near(float middle, float part) => middle * Between(1 - part, 1 + part);

    /// <summary>A whole number of <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Whole(int low, int high) => _random.Next(low, high + 1);

    /// <summary>True in a <paramref name="share"/> of cases, 0 to 1.</summary>
    public bool Chance(float share) => _random.NextSingle() < share;
}
