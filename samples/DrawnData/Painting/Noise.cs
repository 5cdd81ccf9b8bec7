namespace DrawnData.Painting;

/// <summary>Chance that belongs to a place: ask twice, get the same.</summary>
internal static class Noise
{
    /// <summary>A value of 0 to 1 for a cell.</summary>
    public static float At(int x, int y, int seed)
    {
        unchecked
        {
            uint bits = ((uint)x * 0x9E3779B1u) ^ ((uint)y * 0x85EBCA77u) ^ ((uint)seed * 0xC2B2AE3Du);
            bits = (bits ^ (bits >> 15)) * 0x2C1B3C6Du;
            bits = (bits ^ (bits >> 12)) * 0x297A2D39u;
            return (bits ^ (bits >> 15)) / (float)uint.MaxValue;
        }
    }

    /// <summary>A smooth value of 0 to 1, with a hill or a hollow at each whole number.</summary>
    public static float Smooth(float x, float y, int seed)
    {
        int left = Floor(x), top = Floor(y);
        float right = Tone.Step(0, 1, x - left), down = Tone.Step(0, 1, y - top);
        float above = Between(At(left, top, seed), At(left + 1, top, seed), right);
        float below = Between(At(left, top + 1, seed), At(left + 1, top + 1, seed), right);
        return Between(above, below, down);
    }

    /// <summary>The whole number at or below <paramref name="value"/>.</summary>
    public static int Floor(float value) => (int)MathF.Floor(value);

    private static float Between(float one, float other, float share) => one + ((other - one) * share);
}
