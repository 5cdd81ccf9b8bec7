namespace Pix2Pix;

/// <summary>How the weights of both networks are initialized. Immutable.</summary>
public sealed record WeightInitOptions
{
    /// <summary>The paper's initialization: N(0, 0.02).</summary>
    public static WeightInitOptions Default { get; } = new();

    /// <summary>The distribution of the convolutions' weights. Scales of norms are drawn from N(1, 0.02); shifts are 0.</summary>
    /// <value>The default is <see cref="WeightInitKind.Normal"/>.</value>
    public WeightInitKind Kind { get; init => field = Guard.Defined(value); } = WeightInitKind.Normal;

    /// <summary>The gain of the distribution.</summary>
    /// <value>The default is 0.02.</value>
    /// <remarks>Ignored by <see cref="WeightInitKind.Kaiming"/>.</remarks>
    public double Gain { get; init => field = Guard.InRange(value, 1e-6, 10.0); } = 0.02;
}
