using System.Numerics;

namespace DrawnData.Objects;

/// <summary>A ball stretched along three axes of its own: leaves, spots, fruit.</summary>
internal sealed class Ellipsoid : IShape
{
    private readonly Vector3 _centre;
    private readonly Quaternion _turn;
    private readonly Vector3 _radii;
    private readonly Paint _paint;

    public Ellipsoid(Paint paint, Vector3 center, Vector3 radii, Quaternion turn)
    {
        (_paint, _centre, _radii, _turn) = (paint, center, radii, turn);

        // Half the box along an axis is the length of the three scaled axes' parts along it.
        Vector3 x = radii.X * Vector3.Transform(Vector3.UnitX, turn);
        Vector3 y = radii.Y * Vector3.Transform(Vector3.UnitY, turn);
        Vector3 z = radii.Z * Vector3.Transform(Vector3.UnitZ, turn);
        Vector3 half = Vector3.SquareRoot((x * x) + (y * y) + (z * z));
        Bounds = new Box(center - half, center + half);
        Occluders = [new Ball(center, MathF.Cbrt(radii.X * radii.Y * radii.Z))];
    }

    public Box Bounds { get; }

    public IEnumerable<Ball> Occluders { get; }

    public Hit? Meet(in Ray ray, float limit)
    {
        // In the ellipsoid's own frame, scaled by its radii, it is the unit ball.
        Quaternion back = Quaternion.Conjugate(_turn);
        Vector3 o = Vector3.Transform(ray.Origin - _centre, back) / _radii;
        Vector3 d = Vector3.Transform(ray.Direction, back) / _radii;
        float a = d.LengthSquared(), b = Vector3.Dot(o, d), c = o.LengthSquared() - 1;
        float root = (b * b) - (a * c);
        if (root < 0)
            return null;

        float distance = (-b - MathF.Sqrt(root)) / a;
        if (distance <= 1e-3f || distance >= limit)
            return null;

        Vector3 normal = Vector3.Transform((o + (distance * d)) / _radii, _turn);
        return new Hit(distance, ray.At(distance), Vector3.Normalize(normal), _paint);
    }
}
