using System.Numerics;

namespace DrawnData.Objects;

/// <summary>A line of sight or of light; the direction has length 1.</summary>
internal readonly record struct Ray(Vector3 Origin, Vector3 Direction)
{
    public Vector3 At(float distance) => Origin + (distance * Direction);
}

/// <summary>Where a ray meets a surface.</summary>
internal readonly record struct Hit(float Distance, Vector3 Point, Vector3 Normal, Paint Paint);

/// <summary>A surface that rays can meet.</summary>
internal interface IShape
{
    /// <summary>A box around the shape.</summary>
    Box Bounds { get; }

    /// <summary>Balls that take the light of the sky from their surroundings.</summary>
    IEnumerable<Ball> Occluders { get; }

    /// <summary>The nearest meeting with <paramref name="ray"/> in front of its origin and before <paramref name="limit"/>.</summary>
    Hit? Meet(in Ray ray, float limit);
}
