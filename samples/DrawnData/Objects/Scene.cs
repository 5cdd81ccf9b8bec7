using System.Numerics;

namespace DrawnData.Objects;

/// <summary>One object on a table before a wall, with a light and a camera.</summary>
internal sealed class Scene
{
    private const float WallDepth = -2.2f;

    private static readonly Paint Table = new(Paint.Rgb(0xE9C79C));
    private static readonly Paint Wall = new(Paint.Rgb(0xCBE3F0))
    {
        Second = Paint.Rgb(0x93BAD3),
        Blend = p => 0.06f * ((p.X + 0.7f) * (p.X + 0.7f) + ((p.Y - 0.9f) * (p.Y - 0.9f))), // a pool of light
    };

    private readonly IShape[] _shapes;
    private readonly Ball[] _occluders;
    private readonly Box _bounds;

    public Scene(IEnumerable<IShape> shapes)
    {
        _shapes = [.. shapes];
        _occluders = [.. _shapes.SelectMany(shape => shape.Occluders)];
        _bounds = _shapes.Select(shape => shape.Bounds).Aggregate((all, next) => all.With(next));
    }

    /// <summary>Towards the middle of the light; length 1.</summary>
    public required Vector3 Light { get; init; }

    /// <summary>How bright the light is; 1 is usual.</summary>
    public required float Brightness { get; init; }

    /// <summary>Where the camera stands.</summary>
    public required Vector3 Eye { get; init; }

    /// <summary>What it looks at.</summary>
    public required Vector3 LookAt { get; init; }

    /// <summary>The first surface in the way of <paramref name="ray"/>: the object, the table or the wall.</summary>
    public Hit Meet(in Ray ray)
    {
        Hit nearest = MeetRoom(ray);
        if (!_bounds.IsTouchedBy(ray))
            return nearest;

        foreach (IShape shape in _shapes)
        {
            if (shape.Bounds.IsTouchedBy(ray) && shape.Meet(ray, nearest.Distance) is { } hit)
                nearest = hit;
        }

        return nearest;
    }

    /// <summary>True when the object stands in the way of <paramref name="ray"/>.</summary>
    public bool Blocks(in Ray ray)
    {
        if (!_bounds.IsTouchedBy(ray))
            return false;

        foreach (IShape shape in _shapes)
        {
            if (shape.Bounds.IsTouchedBy(ray) && shape.Meet(ray, float.MaxValue) is not null)
                return true;
        }

        return false;
    }

    /// <summary>The part of the sky that a point on the table or the wall sees past the object, 0 to 1.</summary>
    public float Openness(in Hit hit)
    {
        if (hit.Paint != Table && hit.Paint != Wall)
            return 1;

        float covered = 0;
        foreach (Ball ball in _occluders)
            covered = MathF.Max(covered, ball.Occlusion(hit.Point, hit.Normal));
        return 1 - covered;
    }

    private static Hit MeetRoom(in Ray ray)
    {
        float toWall = (WallDepth - ray.Origin.Z) / ray.Direction.Z;
        float toTable = -ray.Origin.Y / ray.Direction.Y;
        return ray.Direction.Y < 0 && toTable < toWall
            ? new Hit(toTable, ray.At(toTable), Vector3.UnitY, Table)
            : new Hit(toWall, ray.At(toWall), Vector3.UnitZ, Wall);
    }
}
