using System.Numerics;

namespace DrawnData.Objects;

/// <summary>A rod with round ends; chains of rods are stalks and handles.</summary>
internal sealed class Rod : IShape
{
    private readonly Vector3 _from;
    private readonly Vector3 _axis; // of length 1
    private readonly float _length;
    private readonly float _radius;
    private readonly Paint _paint;

    public Rod(Paint paint, Vector3 from, Vector3 to, float radius)
    {
        (_paint, _from, _radius, _length) = (paint, from, radius, Vector3.Distance(from, to));
        _axis = (to - from) / _length;
        Bounds = new Box(Vector3.Min(from, to) - new Vector3(radius), Vector3.Max(from, to) + new Vector3(radius));
        Occluders = [new Ball((from + to) / 2, radius)];
    }

    public Box Bounds { get; }

    public IEnumerable<Ball> Occluders { get; }

    /// <summary>A bent rod: one piece between each two neighbors of <paramref name="points"/>.</summary>
    public static IEnumerable<IShape> Chain(Paint paint, float radius, IReadOnlyList<Vector3> points) =>
        points.Zip(points.Skip(1), (from, to) => new Rod(paint, from, to, radius));

    public Hit? Meet(in Ray ray, float limit)
    {
        // The endless cylinder first: what counts is the part of the ray across the axis.
        Vector3 toOrigin = ray.Origin - _from;
        Vector3 across = ray.Direction - (Vector3.Dot(ray.Direction, _axis) * _axis);
        Vector3 start = toOrigin - (Vector3.Dot(toOrigin, _axis) * _axis);
        if (Nearest(start, across) is not { } distance)
            return null;

        // Beyond an end, the ball at that end.
        float along = Vector3.Dot(ray.At(distance) - _from, _axis);
        Vector3 end = _from + (Math.Clamp(along, 0, _length) * _axis);
        if (along < 0 || along > _length)
        {
            if (Nearest(ray.Origin - end, ray.Direction) is not { } onBall)
                return null;

            distance = onBall;
        }

        if (distance <= 1e-3f || distance >= limit)
            return null;

        Vector3 point = ray.At(distance);
        return new Hit(distance, point, (point - end) / _radius, _paint);
    }

    private float? Nearest(Vector3 start, Vector3 direction)
    {
        float a = direction.LengthSquared(), b = Vector3.Dot(start, direction);
        float root = (b * b) - (a * (start.LengthSquared() - (_radius * _radius)));
        return root < 0 ? null : (-b - MathF.Sqrt(root)) / a;
    }
}
