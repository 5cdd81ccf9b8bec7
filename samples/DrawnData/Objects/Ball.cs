using System.Numerics;

namespace DrawnData.Objects;

/// <summary>A ball that takes the light of the sky from the table around it.</summary>
internal readonly record struct Ball(Vector3 Centre, float Radius)
{
    /// <summary>The part of the sky that the ball covers, seen from a surface point: cos(angle) r^2 / d^2.</summary>
    public float Occlusion(Vector3 point, Vector3 normal)
    {
        Vector3 toCentre = Centre - point;
        float squared = MathF.Max(toCentre.LengthSquared(), Radius * Radius);
        return MathF.Max(0, Vector3.Dot(normal, toCentre)) / MathF.Sqrt(squared) * Radius * Radius / squared;
    }
}
