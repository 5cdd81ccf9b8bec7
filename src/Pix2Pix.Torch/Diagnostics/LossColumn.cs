namespace Pix2Pix.Torch.Diagnostics;

/// <summary>A part of the losses, as a column and as a curve.</summary>
/// <param name="Header">The column's name.</param>
/// <param name="Value">The value of a step.</param>
internal sealed record LossColumn(string Header, Func<StepLosses, double> Value)
{
    public static LossColumn Discriminator { get; } = new("discriminator", losses => losses.Discriminator);

    public static LossColumn Adversarial { get; } = new("adversarial", losses => losses.Adversarial);

    public static LossColumn GradientPenalty { get; } = new("gradient_penalty", losses => losses.GradientPenalty);

    public static LossColumn FeatureMatching { get; } = new("feature_matching", losses => losses.FeatureMatching);

    /// <summary>In 0 to 1, as the scores; the training's values are in [-1, 1].</summary>
    public static LossColumn L1 { get; } = new("l1", losses => losses.L1 / 2);

    /// <summary>In 0 to 1 as well.</summary>
    public static LossColumn L2 { get; } = new("l2", losses => losses.L2 / 4);

    /// <summary>All parts, in the order of the columns.</summary>
    public static IReadOnlyList<LossColumn> All { get; } = [Discriminator, GradientPenalty, Adversarial, FeatureMatching, L1, L2];
}
