using System.Numerics;

namespace DrawnData.Objects;

/// <summary>What a surface is made of. Colors are linear light, 0 to 1.</summary>
/// <param name="Color">The color in white light.</param>
internal sealed record Paint(Vector3 Color)
{
    /// <summary>How strongly the window is mirrored: 0 is chalk, 1 is glazed.</summary>
    public float Gloss { get; init; }

    /// <summary>Light that the surface gives by itself, as a part of its color.</summary>
    public float Glow { get; init; }

    /// <summary>A color that takes over where <see cref="Blend"/> says so.</summary>
    public Vector3 Second { get; init; }

    /// <summary>How much of <see cref="Second"/> there is at a point, 0 to 1; null is none.</summary>
    public Func<Vector3, float>? Blend { get; init; }

    /// <summary>The color at a point of the surface.</summary>
    public Vector3 ColorAt(Vector3 point) => Blend is null ? Color : Vector3.Lerp(Color, Second, Math.Clamp(Blend(point), 0, 1));

    /// <summary>Linear light from the 0xRRGGBB that pickers show (gamma 2.2).</summary>
    public static Vector3 Rgb(int hex) => new(Linear(hex >> 16), Linear(hex >> 8), Linear(hex));

    private static float Linear(int value) => MathF.Pow((value & 255) / 255f, 2.2f);
}
