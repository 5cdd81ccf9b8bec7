namespace Quickstart.Drawing;

/// <summary>Chance for the drawing of one object: the same number, the same object.</summary>
internal sealed class Variation(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A value of <paramref name="low"/> to <paramref name="high"/>.</summary>
    public float Between(float low, float high) => low + ((high - low) * _random.NextSingle());

    /// <summary>A value at most <paramref name="part"/> of it above or below <paramref name="middle"/>.</summary>
    public float Near(float middle, float part) => middle * Between(1 - part, 1 + part);

    /// <summary>One of two values.</summary>
    public float Either(float one, float other) => _random.Next(2) == 0 ? one : other;
}
