using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>A part of a network's loss: its weight, and its value, which is not computed where the weight is 0.</summary>
internal readonly record struct LossPart
{
    private readonly double _weight;

    private LossPart(double weight, Tensor? value)
    {
        _weight = weight;
        Value = value;
    }

    /// <summary>A scalar without its weight; null where the part is off.</summary>
    public Tensor? Value { get; }

    /// <summary>The part, computed at once or not at all.</summary>
    public static LossPart Of(double weight, Func<Tensor> value) => new(weight, weight == 0 ? null : value());

    /// <summary>The part for the scope outside the open one, without what gradients need.</summary>
    public LossPart MovedOut() => new(_weight, Value?.detach().MoveToOuterDisposeScope());

    /// <summary>The weighted sum of those parts that are on; at least one is.</summary>
    /// <returns>A scalar.</returns>
    public static Tensor Sum(params ReadOnlySpan<LossPart> parts)
    {
        Tensor? sum = null;
        foreach (var part in parts)
        {
            if (part.Value?.Times(part._weight) is { } weighted)
                sum = sum is null ? weighted : sum.Plus(weighted);
        }

        return sum ?? throw new InvalidOperationException("All parts of a loss are off.");
    }
}
