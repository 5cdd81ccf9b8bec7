using System.Numerics;

namespace DrawnData.Objects;

/// <summary>A box along the axes around a shape: rays that miss it are not asked further.</summary>
internal readonly record struct Box(Vector3 Low, Vector3 High)
{
    /// <summary>The middle of the box.</summary>
    public Vector3 Centre => (Low + High) / 2;

    /// <summary>The box around both.</summary>
    public Box With(Box other) => new(Vector3.Min(Low, other.Low), Vector3.Max(High, other.High));

    /// <summary>True when <paramref name="ray"/> passes through the box or starts in it.</summary>
    public bool IsTouchedBy(in Ray ray)
    {
        // Where the ray crosses the six planes; it is inside between the last entry and the first exit.
        Vector3 toLow = (Low - ray.Origin) / ray.Direction, toHigh = (High - ray.Origin) / ray.Direction;
        Vector3 enter = Vector3.Min(toLow, toHigh), leave = Vector3.Max(toLow, toHigh);
        float lastEntry = MathF.Max(enter.X, MathF.Max(enter.Y, enter.Z));
        float firstExit = MathF.Min(leave.X, MathF.Min(leave.Y, leave.Z));
        return firstExit >= MathF.Max(0, lastEntry);
    }
}
