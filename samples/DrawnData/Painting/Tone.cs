using System.Numerics;

namespace DrawnData.Painting;

/// <summary>Colors as pickers show them, 0 to 1. Sums and products alone, so that every platform gives the same pixels.</summary>
internal static class Tone
{
    /// <summary>A color from 0xRRGGBB.</summary>
    public static Vector3 Of(int hex) => new Vector3((hex >> 16) & 255, (hex >> 8) & 255, hex & 255) / 255;

    /// <summary><paramref name="share"/> of <paramref name="other"/>, 0 to 1, and the rest of <paramref name="one"/>.</summary>
    public static Vector3 Mix(Vector3 one, Vector3 other, float share) => one + ((other - one) * Math.Clamp(share, 0, 1));

    /// <summary>0 at <paramref name="from"/> and before, 1 at <paramref name="to"/> and beyond, smooth between.</summary>
    public static float Step(float from, float to, float value)
    {
        float t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }
}
