namespace DrawnData;

/// <summary>Chance for the drawing of one thing: the same number, the same thing.</summary>
internal sealed class Variation(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Chance for the picture of a number in the world of a seed.</summary>
    public static Variation Of(int seed, int number) => new(unchecked((seed * 100_003) + number));

    /// <summary>A value of <paramref name="low"/> to <paramref name="high"/>.</summary>
    public float Between(float low, float high) => low + ((high - low) * _random.NextSingle());

    /// <summary>A value at most <paramref name="part"/> of it above or below <paramref name="middle"/>.</summary>
    public float Near(float middle, float part) => middle * Between(1 - part, 1 + part);

    /// <summary>One of two values.</summary>
    public float Either(float one, float other) => _random.Next(2) == 0 ? one : other;

    /// <summary>A whole number of <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Whole(int low, int high) => _random.Next(low, high + 1);

    /// <summary>True in a <paramref name="share"/> of cases, 0 to 1.</summary>
    public bool Chance(float share) => _random.NextSingle() < share;
}
