using System.Numerics;

namespace DrawnData.Objects;

/// <summary>What a surface is made of. Colours are linear light, 0 to 1.</summary>
/// <param name="Colour">The colour in white light.</param>
internal sealed record Paint(Vector3 Colour)
{
    /// <summary>How strongly the window is mirrored: 0 is chalk, 1 is glazed.</summary>
    public float Gloss { get; init; }

    /// <summary>Light that the surface gives by itself, as a part of its colour.</summary>
    public float Glow { get; init; }

    /// <summary>A colour that takes over where <see cref="Blend"/> says so.</summary>
    public Vector3 Second { get; init; }

    /// <summary>How much of <see cref="Second"/> there is at a point, 0 to 1; null is none.</summary>
    public Func<Vector3, float>? Blend { get; init; }

    /// <summary>The colour at a point of the surface.</summary>
    public Vector3 ColourAt(Vector3 point) => Blend is null ? Colour : Vector3.Lerp(Colour, Second, Math.Clamp(Blend(point), 0, 1));

    /// <summary>Linear light from the 0xRRGGBB that pickers show (gamma 2.2).</summary>
    public static Vector3 Rgb(int hex) => new(Linear(hex >> 16), Linear(hex >> 8), Linear(hex));

    private static float Linear(int value) => MathF.Pow((value & 255) / 255f, 2.2f);
}
