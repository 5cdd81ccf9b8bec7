using System.Numerics;

namespace DrawnData.Objects;

/// <summary>
/// A surface of revolution about the vertical axis, as turned on a lathe or a potter's wheel: a smooth outline through
/// (radius, height) points, cut into rings that are cones. Outlines that run upwards face outwards, downwards inwards.
/// </summary>
internal sealed class Lathe : IShape
{
    private const int RingsPerSpan = 4;

    private readonly Vector2[] _outline; // (radius, height)
    private readonly Vector2[] _normals; // of the outline at its points
    private readonly Paint _paint;

    public Lathe(Paint paint, params Vector2[] points)
    {
        _paint = paint;
        _outline = points.Length == 2 ? points : Curve.Through(points, RingsPerSpan);
        _normals = [.. Enumerable.Range(0, _outline.Length).Select(OutlineNormal)];

        float wide = _outline.Max(p => p.X);
        Bounds = new Box(new(-wide, _outline.Min(p => p.Y) - 1e-3f, -wide), new(wide, _outline.Max(p => p.Y) + 1e-3f, wide));
        Occluders = [.. points.Where(p => p.X > 0).Select(p => new Ball(new Vector3(0, MathF.Max(p.Y, p.X), 0), p.X))];
    }

    public Box Bounds { get; }

    public IEnumerable<Ball> Occluders { get; }

    public Hit? Meet(in Ray ray, float limit)
    {
        float nearest = limit, fraction = 0;
        int ring = -1;
        for (int i = 0; i + 1 < _outline.Length; i++)
        {
            if (MeetRing(ray, _outline[i], _outline[i + 1], ref nearest, ref fraction))
                ring = i;
        }

        if (ring < 0)
            return null;

        Vector3 point = ray.At(nearest);
        Vector2 slope = Vector2.Lerp(_normals[ring], _normals[ring + 1], fraction);
        float radius = MathF.Max(1e-6f, MathF.Sqrt((point.X * point.X) + (point.Z * point.Z)));
        Vector3 normal = Vector3.Normalize(new(slope.X * point.X / radius, slope.Y, slope.X * point.Z / radius));
        return new Hit(nearest, point, normal, _paint);
    }

    // The cone x^2 + z^2 = (r0 + k (y - y0))^2 between two heights, or the flat ring where they are equal.
    private static bool MeetRing(in Ray ray, Vector2 from, Vector2 to, ref float nearest, ref float fraction)
    {
        Vector3 o = ray.Origin, d = ray.Direction;
        float height = to.Y - from.Y;
        if (MathF.Abs(height) < 1e-5f)
        {
            float t = (from.Y - o.Y) / d.Y;
            Vector3 p = ray.At(t);
            float part = (MathF.Sqrt((p.X * p.X) + (p.Z * p.Z)) - from.X) / (to.X - from.X);
            return Accept(t, part, ref nearest, ref fraction);
        }

        float k = (to.X - from.X) / height;
        float radius = from.X + (k * (o.Y - from.Y)), growth = k * d.Y;
        float a = (d.X * d.X) + (d.Z * d.Z) - (growth * growth);
        float b = (o.X * d.X) + (o.Z * d.Z) - (radius * growth);
        float c = (o.X * o.X) + (o.Z * o.Z) - (radius * radius);
        float root = (b * b) - (a * c);
        if (root < 0)
            return false;

        root = MathF.Sqrt(root);
        float near = (-b - root) / a, far = (-b + root) / a;
        bool met = Accept(near, (o.Y + (near * d.Y) - from.Y) / height, ref nearest, ref fraction);
        return Accept(far, (o.Y + (far * d.Y) - from.Y) / height, ref nearest, ref fraction) || met;
    }

    private static bool Accept(float distance, float part, ref float nearest, ref float fraction)
    {
        if (!(distance > 1e-3f && distance < nearest && part is >= 0 and <= 1))
            return false;

        (nearest, fraction) = (distance, part);
        return true;
    }

    private Vector2 OutlineNormal(int i)
    {
        Vector2 along = _outline[Math.Min(i + 1, _outline.Length - 1)] - _outline[Math.Max(i - 1, 0)];
        return Vector2.Normalize(new Vector2(along.Y, -along.X));
    }
}
