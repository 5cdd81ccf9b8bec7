using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.Torch;

/// <summary>Options that are fine alone and contradict each other. All contradictions in one error, before anything is built.</summary>
internal static class OptionsCheck
{
    /// <exception cref="ArgumentException">There are sentences.</exception>
    public static void Throw(IEnumerable<string> problems)
    {
        string[] all = [.. problems];
        if (all.Length > 0)
            throw new ArgumentException($"The options contradict each other:\n  {string.Join("\n  ", all)}");
    }

    // One sentence each: what contradicts what, and what to do. In the order of the records and of their properties.
    public static IEnumerable<string> Problems(GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training)
    {
        _ = discriminator;
        if (training.Augmentation.RightAngles && generator.Width != generator.Height)
        {
            yield return $"Augmentation.RightAngles turns images by 90 degrees, but they are {generator.Width}x{generator.Height}; " +
                "turn it off, or make the images square.";
        }
    }
    /// <summary>What contradicts the run: what needs a validation, and has none.</summary>
    public static IEnumerable<string> Problems(GeneratorOptions generator, TrainingOptions training, TrainingRun run)
    {
        var (validated, batchNorm) = (run.ValidationSet is not null, generator.Norm == NormKind.Batch);
        if (!validated && training.Schedule.Kind == ScheduleKind.Plateau)
            yield return "Schedule.Kind is Plateau, which needs a validation; give pairs to validate with, or choose another schedule.";
        if (!validated && run.Validation.Patience is { } patience)
            yield return $"Validation.Patience is {patience}, which needs a validation; give pairs to validate with, or leave it null.";
        if (batchNorm && training.Statistics == NormStatistics.Image && run.Inference.Statistics != NormStatistics.Image)
        {
            yield return
                $"Training.Statistics is Image and Inference.Statistics is {run.Inference.Statistics}: a generator that learns with the " +
                "statistics of each image has no running ones. Leave Training.Statistics unset, or choose Running for it, or Image for both.";
        }

        if (batchNorm && !validated && run.Inference.Statistics == NormStatistics.Auto)
        {
            yield return "Inference.Statistics is Auto, which needs a validation to choose by; give pairs to validate with, or choose Image " +
                "or Running.";
        }
    }
}
