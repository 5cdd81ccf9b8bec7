namespace Pix2Pix;

/// <summary>What a <see cref="TrainingHint"/> is about.</summary>
public enum TrainingHintKind
{
    /// <summary>
    /// The discriminator tells translations from targets without effort: its loss has stayed, as a running mean, near its least for a
    /// fifth of the training, but for at least 100 steps, or for 500 steps. Near the least is below 0.05 of vanilla's ln 2, 0.02 of least
    /// squares' 0.25, 0.15 of hinge's 2; a Wasserstein critic has no least.
    /// </summary>
    DiscriminatorWins,

    /// <summary>
    /// The translations of the samples show nothing, or all the same: they vary by less than 2 of 255 levels over the pixels, or from
    /// sample to sample, in two looks after the hundredth step, and the targets do not. The samples are those of the report; without one,
    /// two of the pairs that are in memory, after the epochs 1, 2, 4, 8 and so on.
    /// </summary>
    ConstantOutput,

    /// <summary>The mean L1 of an epoch has risen three times in a row, to 5 % above that of the best epoch.</summary>
    L1Rises,

    /// <summary>
    /// Three validations in a row had an L1 of 5 % above the best one or more, while that of the training fell by 5 % or more since then.
    /// </summary>
    Overfitting,

    /// <summary>The learning rate of a step was zero.</summary>
    LearningRateZero,

    /// <summary>More than half of the time goes by waiting for pairs: over at least 100 steps and 20 seconds.</summary>
    DataIsSlow,

    /// <summary>The report could not be written. The training goes on, and so do the attempts to write it.</summary>
    ReportNotWritten,

    /// <summary>
    /// The targets show nothing, or are all the same: they vary by less than 2 of 255 levels over the pixels, or from sample to sample.
    /// Seen at the first step, in the samples of <see cref="ConstantOutput"/>.
    /// </summary>
    ConstantTargets,

    /// <summary>
    /// A loss was, at ten steps, 10,000 times what the largest one was in the first 20 steps, but at least 10,000; and is still finite.
    /// </summary>
    LossesExplode,
}
