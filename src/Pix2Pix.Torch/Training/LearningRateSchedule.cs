namespace Pix2Pix.Torch.Training;

/// <summary>A constant rate, then a linear fall to zero, by steps.</summary>
internal static class LearningRateSchedule
{
    /// <summary>
    /// The rate of a step. With a decay over D steps, the k-th of them, k = 1 .. D, has the share 1 - k / (D + 1) of the constant
    /// rate: it falls from the first decaying step on, and the last one is not yet zero, so that no step is for nothing.
    /// </summary>
    /// <param name="options">The constant rate and the share of the decay.</param>
    /// <param name="step">From 0 to <paramref name="steps"/> - 1.</param>
    /// <param name="steps">All steps of the training.</param>
    public static double At(TrainingOptions options, long step, long steps)
    {
        var decaying = (long)Math.Round(steps * options.DecayShare);
        var constant = steps - decaying;
        return step < constant
            ? options.LearningRate
            : options.LearningRate * (steps - step) / (decaying + 1);
    }
}
