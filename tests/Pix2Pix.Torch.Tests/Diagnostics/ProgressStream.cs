using Pix2Pix.Metrics;
using Pix2Pix.Torch.Diagnostics;

namespace Pix2Pix.Torch.Tests.Diagnostics;

/// <summary>Synthetic trainings: one progress report per step, each of which takes one second without waiting for data.</summary>
internal static class ProgressStream
{
    public static IEnumerable<TrainingProgress> Of(
        int epochs, int stepsOfEpoch, Func<long, TrainingProgress, TrainingProgress> change)
        => Enumerable.Range(1, epochs * stepsOfEpoch).Select(step => change(step, new TrainingProgress
        {
            Epoch = ((step - 1) / stepsOfEpoch) + 1,
            Epochs = epochs,
            Step = step,
            Steps = epochs * stepsOfEpoch,
            PairsSeen = step,
            Losses = new() { Discriminator = 0.69, Adversarial = 0.69, L1 = 0.4 },
            LearningRate = 0.0002,
            Elapsed = TimeSpan.FromSeconds(step),
            DataTime = TimeSpan.Zero,
            StepTime = TimeSpan.FromSeconds(step),
            Remaining = TimeSpan.FromSeconds((epochs * stepsOfEpoch) - step),
            EndsEpoch = step % stepsOfEpoch == 0,
        }));

    public static TrainingProgress WithValidation(this TrainingProgress progress, double l1)
        => progress with { Validation = new(progress.Epoch, new ImageScores(l1, 20, 0.5), NormStatistics.Image, IsBest: false) };

    /// <summary>Returns the step and the text of the first hint; null if there is none.</summary>
    public static (long Step, string Text)? First(this IHintRule rule, IEnumerable<TrainingProgress> stream)
    {
        foreach (var progress in stream)
        {
            if (rule.After(progress) is { } text)
                return (progress.Step, text);
        }

        return null;
    }
}
