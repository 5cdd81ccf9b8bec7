namespace Pix2Pix.Torch.Diagnostics;

/// <summary>The learning rate is zero.</summary>
internal sealed class RateRule : IHintRule
{
    public TrainingHintKind Kind => TrainingHintKind.LearningRateZero;

    public string? After(TrainingProgress progress) => progress.LearningRate != 0
        ? null
        : $"The learning rate is 0 at step {progress.Step} of {progress.Steps}: such a step changes nothing. Set a learning rate above " +
            "0, or a schedule that does not fall to it before the end.";
}
