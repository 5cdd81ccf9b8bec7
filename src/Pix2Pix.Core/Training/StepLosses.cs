using System.Globalization;

namespace Pix2Pix;

/// <summary>
/// The losses of one step: unweighted means over its batch, before the step's update of the network that each belongs to. A loss that is
/// off, because its weight is 0, is 0.
/// </summary>
public readonly record struct StepLosses
{
    private readonly double[]? _values; // in the order of LossTerm.All; null: all are 0

    /// <param name="value">Returns the value of each loss.</param>
    internal StepLosses(Func<LossTerm, double> value) => _values = [.. LossTerm.All.Select(value)];

    /// <summary>
    /// The discriminator's adversarial loss, without the gradient penalty. If the discriminator cannot tell real from generated images, it
    /// is ln 2 = 0.69 (vanilla), 0.25 (least squares), 2 (hinge) or 0 (Wasserstein, which falls below 0 by the discriminator's estimate of
    /// the distance).
    /// </summary>
    public double Discriminator { get => this[LossTerm.Discriminator]; init => _values = With(LossTerm.Discriminator, value); }

    /// <summary>
    /// The gradient penalty of the Wasserstein loss: the mean of (|gradient| - 1)^2; 0 is best, 1 means a gradient of zero.
    /// </summary>
    public double GradientPenalty { get => this[LossTerm.GradientPenalty]; init => _values = With(LossTerm.GradientPenalty, value); }

    /// <summary>
    /// The generator's adversarial loss. If the discriminator cannot tell real from generated images, it is ln 2 = 0.69 (vanilla), 0.25
    /// (least squares) or 0 (hinge and Wasserstein, which can be negative).
    /// </summary>
    public double Adversarial { get => this[LossTerm.Adversarial]; init => _values = With(LossTerm.Adversarial, value); }

    /// <summary>
    /// The feature matching loss: the mean absolute difference between the discriminator's feature maps of target and translation, summed
    /// over four layers or scaled to four. Its scale changes with the discriminator.
    /// </summary>
    public double FeatureMatching { get => this[LossTerm.FeatureMatching]; init => _values = With(LossTerm.FeatureMatching, value); }

    /// <summary>The mean absolute difference between translation and target, of values in [-1, 1].</summary>
    public double L1 { get => this[LossTerm.L1]; init => _values = With(LossTerm.L1, value); }

    /// <summary>The mean squared difference between translation and target, of values in [-1, 1].</summary>
    public double L2 { get => this[LossTerm.L2]; init => _values = With(LossTerm.L2, value); }

    /// <summary>All losses by name: "discriminator", "gradient penalty", "adversarial", "feature matching", "L1", "L2".</summary>
    public IEnumerable<KeyValuePair<string, double>> ByName()
    {
        var losses = this;
        return LossTerm.All.Select(term => KeyValuePair.Create(term.Name, losses[term]));
    }

    /// <summary>Whether all losses are finite.</summary>
    public bool AreFinite => ByName().All(loss => double.IsFinite(loss.Value));

    /// <summary>The value of a loss.</summary>
    internal double this[LossTerm term] => _values is null ? 0 : _values[term.Index];

    /// <summary>Formats the losses that are not 0: "discriminator 0.69, L1 0.3".</summary>
    internal string Described => string.Join(
        ", ",
        ByName().Where(loss => loss.Value != 0).Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Key} {loss.Value}")));

    /// <summary>Whether all losses are equal.</summary>
    public bool Equals(StepLosses other)
    {
        var losses = this;
        return LossTerm.All.All(term => losses[term].Equals(other[term]));
    }

    /// <summary>Returns a hash code of all losses.</summary>
    public override int GetHashCode() => ByName().Aggregate(0, (hash, loss) => HashCode.Combine(hash, loss.Value));

    private double[] With(LossTerm changed, double value)
    {
        var losses = this;
        return [.. LossTerm.All.Select(term => term == changed ? value : losses[term])];
    }
}

/// <summary>
/// A loss of a training run, as it is named and scaled in logs, files and charts. <see cref="All"/> lists every loss; to add one to the
/// generator, add it here, its weight to <see cref="LossOptions"/>, and its formula to <c>GeneratorLosses</c>.
/// </summary>
internal sealed class LossTerm
{
    private static readonly List<LossTerm> Terms = [];

    private LossTerm(string name, string symbol, double scale, Func<LossOptions, double> weight)
    {
        (Name, Symbol, Scale, Weight) = (name, symbol, scale, weight);
        Index = Terms.Count;
        Terms.Add(this);
    }

    public static LossTerm Discriminator { get; } = new("discriminator", "D", 1, options => options.AdversarialWeight > 0 ? 1 : 0);

    public static LossTerm GradientPenalty { get; } = new("gradient penalty", "penalty", 1, options =>
        options is { AdversarialWeight: > 0, Adversarial: AdversarialKind.WassersteinGradientPenalty } ? options.GradientPenaltyWeight : 0);

    public static LossTerm Adversarial { get; } = new("adversarial", "G", 1, options => options.AdversarialWeight);

    public static LossTerm FeatureMatching { get; } = new("feature matching", "features", 1, options => options.FeatureMatchingWeight);

    public static LossTerm L1 { get; } = new("L1", "L1", 0.5, options => options.L1Weight);

    public static LossTerm L2 { get; } = new("L2", "L2", 0.25, options => options.L2Weight);

    /// <summary>All losses, in the order of files and logs.</summary>
    public static IReadOnlyList<LossTerm> All => Terms;

    /// <summary>The name, as in <see cref="StepLosses.ByName"/>.</summary>
    public string Name { get; }

    /// <summary>The name of the column in CSV files.</summary>
    public string Column => Name.ToLowerInvariant().Replace(' ', '_');

    /// <summary>The short name in logs.</summary>
    public string Symbol { get; }

    /// <summary>The factor to the unit of the scores: values in 0 to 1 rather than in [-1, 1].</summary>
    public double Scale { get; }

    /// <summary>The weight in the loss of its network; 0 if the loss is off.</summary>
    public Func<LossOptions, double> Weight { get; }

    /// <summary>The position in <see cref="All"/>.</summary>
    public int Index { get; }
}
