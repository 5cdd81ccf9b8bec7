using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>A term of a network's loss: its weight, and its value, which is not computed if the weight is 0.</summary>
internal readonly record struct LossPart
{
    private readonly double _weight;

    private LossPart(double weight, Tensor? value)
    {
        _weight = weight;
        Value = value;
    }

    /// <summary>The unweighted value, a scalar; null if the term is disabled.</summary>
    public Tensor? Value { get; }

    /// <summary>Creates a term. The value is computed immediately, or not at all if the weight is 0.</summary>
    public static LossPart Of(double weight, Func<Tensor> value) => new(weight, weight == 0 ? null : value());

    /// <summary>Returns the term with its value detached from the graph and moved to the outer dispose scope.</summary>
    public LossPart MovedOut() => new(_weight, Value?.detach().MoveToOuterDisposeScope());

    /// <summary>Returns the weighted sum of the enabled terms, of which there must be at least one.</summary>
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
