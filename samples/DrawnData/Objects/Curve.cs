using System.Numerics;

namespace DrawnData.Objects;

/// <summary>Smooth lines through points.</summary>
internal static class Curve
{
    /// <summary>A Catmull-Rom curve through <paramref name="points"/>, with <paramref name="steps"/> pieces between neighbors.</summary>
    public static Vector2[] Through(Vector2[] points, int steps)
    {
        List<Vector2> curve = [points[0]];
        for (int i = 0; i + 1 < points.Length; i++)
        {
            Vector2 from = points[i], to = points[i + 1];
            Vector2 before = points[Math.Max(i - 1, 0)], after = points[Math.Min(i + 2, points.Length - 1)];
            for (int step = 1; step <= steps; step++)
                curve.Add(CatmullRom(before, from, to, after, step / (float)steps));
        }

        return [.. curve.Select(p => new Vector2(MathF.Max(0, p.X), p.Y))];
    }

    private static Vector2 CatmullRom(Vector2 before, Vector2 from, Vector2 to, Vector2 after, float t)
    {
        // Hermite's cubic, with half the way between the neighbors as its speed at each end.
        Vector2 leave = (to - before) / 2, arrive = (after - from) / 2;
        float t2 = t * t, t3 = t2 * t;
        return (((2 * t3) - (3 * t2) + 1) * from) + ((t3 - (2 * t2) + t) * leave) + (((3 * t2) - (2 * t3)) * to) + ((t3 - t2) * arrive);
    }
}
