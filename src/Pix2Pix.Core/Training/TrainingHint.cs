namespace Pix2Pix;

/// <summary>A hint about a possible problem in training: the observation in numbers, and what to try.</summary>
/// <param name="Kind">The kind of hint. Each kind is given once per training run.</param>
/// <param name="Epoch">The epoch in which the observation was made, from 1.</param>
/// <param name="Step">The step after which the observation was made, from 1.</param>
/// <param name="Text">The human-readable text.</param>
public sealed record TrainingHint(TrainingHintKind Kind, int Epoch, long Step, string Text);

/// <summary>The kinds of <see cref="TrainingHint"/>.</summary>
public enum TrainingHintKind
{
    /// <summary>
    /// The discriminator distinguishes translations from targets too easily: the running mean of its loss has stayed near the minimum for a
    /// fifth of the training steps, but for at least 100 steps, or for 500 steps. Near the minimum means below 0.05 of vanilla's ln 2,
    /// 0.02 of least squares' 0.25, 0.15 of hinge's 2; a Wasserstein critic has no minimum.
    /// </summary>
    DiscriminatorWins,

    /// <summary>
    /// The translations of the samples are blank or all the same: they vary by less than 2 of 255 levels over the pixels, or from sample to
    /// sample, in two checks after the hundredth step, and the targets do not. The samples are those of the report; without a report, two
    /// of the pairs that are in memory, after the epochs 1, 2, 4, 8 and so on.
    /// </summary>
    ConstantOutput,

    /// <summary>The mean L1 of an epoch has risen three times in a row, to 5% above that of the best epoch.</summary>
    L1Rises,

    /// <summary>
    /// Three consecutive validations had an L1 of at least 5% above the best one, while the training L1 has fallen by 5% or more since
    /// then.
    /// </summary>
    Overfitting,

    /// <summary>The learning rate of a step was zero.</summary>
    LearningRateZero,

    /// <summary>More than half of the time is spent waiting for pairs: over at least 100 steps and 20 seconds.</summary>
    DataIsSlow,

    /// <summary>The report could not be written. Training continues, and writing the report is attempted again.</summary>
    ReportNotWritten,

    /// <summary>
    /// The targets are blank or all the same: they vary by less than 2 of 255 levels over the pixels, or from sample to sample. Checked at
    /// the first step, in the samples of <see cref="ConstantOutput"/>.
    /// </summary>
    ConstantTargets,

    /// <summary>
    /// At ten steps, a loss was 10,000 times the largest loss of the first 20 steps, but at least 10,000, and is still finite.
    /// </summary>
    LossesExplode,
}
