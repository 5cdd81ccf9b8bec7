using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>The losses of the generator. Their weighted sum is minimized; a loss with a weight of 0 is not computed.</summary>
internal static class GeneratorLosses
{
    private static readonly (LossTerm Term, Func<GeneratorPass, Tensor> Value)[] All =
    [
        (LossTerm.Adversarial, pass => pass.AdversarialLoss.Generator(pass.Output)),
        (LossTerm.FeatureMatching, pass => FeatureMatching.Of(pass.Discriminate, pass.Target, pass.Output)),
        (LossTerm.L1, pass => nn.functional.l1_loss(pass.Fake, pass.Target)),
        (LossTerm.L2, pass => nn.functional.mse_loss(pass.Fake, pass.Target)),
    ];

    /// <summary>The losses of the generator, in the order of their sum.</summary>
    public static IEnumerable<LossTerm> Terms => All.Select(loss => loss.Term);

    /// <summary>Computes the losses that have a weight.</summary>
    public static LossPart[] Of(GeneratorPass pass, LossOptions options)
        => [.. All.Select(loss => LossPart.Of(loss.Term, options, () => loss.Value(pass)))];
}

/// <summary>The generator's update in one step: what its losses are computed from.</summary>
/// <param name="Target">The targets, (N, C, H, W) in [-1, 1].</param>
/// <param name="Fake">The translations, same shape and range, with gradients.</param>
/// <param name="AdversarialLoss">The adversarial loss.</param>
/// <param name="Discriminate">Applies the discriminator, conditioned on the inputs, to images. Its parameters are frozen.</param>
internal sealed record GeneratorPass(
    Tensor Target, Tensor Fake, AdversarialLoss AdversarialLoss, Func<Tensor, DiscriminatorOutput> Discriminate)
{
    private DiscriminatorOutput? _output;

    /// <summary>The discriminator output for the translations, computed when first needed.</summary>
    public DiscriminatorOutput Output => _output ??= Discriminate(Fake);
}

/// <summary>
/// The feature matching loss: the mean absolute difference between the discriminator's feature maps of target and translation (Wang et
/// al. 2018, section 3.2), for all layers except the logits. As in the authors' implementation, pix2pixHD, the weight of a layer is
/// 4 / layers, and that of a scale is 1 / scales.
/// </summary>
internal static class FeatureMatching
{
    /// <summary>The pix2pixHD discriminator has four feature maps besides the logits, with a weight of 1 each.</summary>
    private const double Layers = 4;

    /// <summary>Computes the loss. Gradients flow only to the translation.</summary>
    /// <param name="discriminate">The discriminator, conditioned on the input images, as it was applied to the translation.</param>
    /// <param name="target">(N, C, H, W).</param>
    /// <param name="fake">The discriminator output for the translation.</param>
    /// <returns>A scalar; 0 if the translation equals the target.</returns>
    public static Tensor Of(Func<Tensor, DiscriminatorOutput> discriminate, Tensor target, DiscriminatorOutput fake)
    {
        DiscriminatorOutput real;
        using (no_grad())
            real = discriminate(target);
        return stack(fake.Scales.Zip(real.Scales, OfScale)).mean();
    }

    private static Tensor OfScale(Tensor[] fake, Tensor[] real)
        => stack(fake[..^1].Zip(real[..^1], (f, r) => nn.functional.l1_loss(f.Widened(), r.Widened()))).mean().Times(Layers);
}

/// <summary>A term of a network's loss: its weight, and its value, which is not computed if the weight is 0.</summary>
internal readonly record struct LossPart
{
    private readonly double _weight;

    private LossPart(LossTerm term, double weight, Tensor? value) => (Term, _weight, Value) = (term, weight, value);

    /// <summary>The loss.</summary>
    public LossTerm Term { get; }

    /// <summary>The unweighted value, a scalar; null if the term is off.</summary>
    public Tensor? Value { get; }

    /// <summary>Creates a term. The value is computed immediately, or not at all if the weight is 0.</summary>
    public static LossPart Of(LossTerm term, double weight, Func<Tensor> value) => new(term, weight, weight == 0 ? null : value());

    /// <summary>Creates a term with the weight that the options give it.</summary>
    public static LossPart Of(LossTerm term, LossOptions options, Func<Tensor> value) => Of(term, term.Weight(options), value);

    /// <summary>Returns the term with its value detached from the graph and moved to the outer dispose scope.</summary>
    public LossPart MovedOut() => new(Term, _weight, Value?.detach().MoveToOuterDisposeScope());

    /// <summary>Returns the weighted sum of the terms that are on, of which there must be at least one.</summary>
    /// <returns>A scalar.</returns>
    public static Tensor Sum(params ReadOnlySpan<LossPart> parts)
    {
        Tensor? sum = null;
        foreach (var part in parts)
        {
            if (part.Value?.Times(part._weight) is { } weighted)
                sum = sum is null ? weighted : sum.Plus(weighted);
        }

        return sum ?? throw new InvalidOperationException("All loss terms have a weight of 0.");
    }
}
