using Pix2Pix.Torch.Losses;

namespace Pix2Pix.Torch;

/// <summary>
/// Finds options that are valid on their own but contradict each other. Reports all contradictions in one error, before anything is built.
/// </summary>
internal static class OptionsCheck
{
    /// <exception cref="ArgumentException">Some options contradict each other; the message lists all of them.</exception>
    public static void Check(GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training)
        => Throw(Problems(generator, discriminator, training));

    /// <exception cref="ArgumentException">There is at least one problem.</exception>
    public static void Throw(IEnumerable<string> problems)
    {
        string[] all = [.. problems];
        if (all.Length > 0)
            throw new ArgumentException($"The options contradict each other:\n  {string.Join("\n  ", all)}");
    }

    /// <summary>All contradictions: among the options, and between options and run.</summary>
    public static IEnumerable<string> Problems(
        GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training, TrainingRun run)
        => [.. Problems(generator, discriminator, training), .. Problems(generator, training, run)];

    /// <summary>The contradictions among the options themselves.</summary>
    public static IEnumerable<string> Problems(GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training) =>
    [
        .. OfSizes(generator, discriminator, training.Losses),
        .. OfLosses(training.Losses, discriminator),
        .. OfImages(generator, training),
        .. WithoutAdversarialLoss(training),
    ];

    /// <summary>The contradictions between options and run: options that need a validation set without one.</summary>
    public static IEnumerable<string> Problems(GeneratorOptions generator, TrainingOptions training, TrainingRun run)
    {
        var (validated, batchNorm) = (run.ValidationSource is not null, generator.Norm == NormKind.Batch);
        if (!validated && training.Schedule.Kind == ScheduleKind.Plateau)
            yield return "Schedule.Kind is Plateau, which requires validation; provide validation pairs, or choose another schedule.";
        if (!validated && run.Validation.Patience is { } patience)
            yield return $"Validation.Patience is {patience}, which requires validation; provide validation pairs, or leave it null.";
        if (batchNorm && training.Statistics == NormStatistics.Image && run.Inference.Statistics != NormStatistics.Image)
        {
            yield return
                $"Training.Statistics is Image and Inference.Statistics is {run.Inference.Statistics}: a generator trained with the " +
                "statistics of each image has no running statistics. Leave Training.Statistics null, set it to Running, or set both to " +
                "Image.";
        }

        if (batchNorm && !validated && run.Inference.Statistics == NormStatistics.Auto)
        {
            yield return "Inference.Statistics is Auto, which requires validation; provide validation pairs, or choose Image or Running.";
        }
    }

    // Each problem is one sentence that states the contradiction and how to resolve it.
    private static IEnumerable<string> OfSizes(GeneratorOptions generator, DiscriminatorOptions discriminator, LossOptions losses)
    {
        if (generator.SizeProblem is { } sizeProblem)
            yield return sizeProblem;

        if (losses.AdversarialWeight > 0 && Math.Min(generator.Width, generator.Height) < discriminator.SmallestSide)
        {
            yield return $"Discriminator.Layers is {discriminator.Layers} and Discriminator.Scales is {discriminator.Scales}, which is " +
                $"too many for images of {generator.Width}x{generator.Height}; use images with sides of at least " +
                $"{discriminator.SmallestSide}, or fewer layers or scales.";
        }
    }

    private static IEnumerable<string> OfLosses(LossOptions losses, DiscriminatorOptions discriminator)
    {
        if (GeneratorLosses.Terms.All(loss => loss.Weight(losses) == 0))
        {
            yield return "All generator loss weights in Losses are 0; expected at least one above 0, such as L1Weight.";
        }

        if (losses is { AdversarialWeight: 0, FeatureMatchingWeight: > 0 })
        {
            yield return $"Losses.FeatureMatchingWeight is {losses.FeatureMatchingWeight}, but AdversarialWeight is 0, so there is no " +
                "discriminator whose features could be matched; set FeatureMatchingWeight to 0, or AdversarialWeight above 0.";
        }

        if (losses is not { AdversarialWeight: > 0, Adversarial: AdversarialKind.WassersteinGradientPenalty })
            yield break;

        if (losses.GradientPenaltyWeight == 0)
        {
            yield return "Losses.GradientPenaltyWeight is 0, but Losses.Adversarial is WassersteinGradientPenalty, whose logits are " +
                "unbounded without the penalty; set it above 0 (the paper uses 10).";
        }

        if (discriminator.Norm == NormKind.Batch)
        {
            yield return "Losses.Adversarial is WassersteinGradientPenalty, whose gradient penalty is computed per image, but " +
                "Discriminator.Norm is Batch, which mixes the images of a batch; set it to Instance or None.";
        }
    }

    private static IEnumerable<string> OfImages(GeneratorOptions generator, TrainingOptions training)
    {
        var augmentation = training.Augmentation;
        if (augmentation.RightAngles && generator.Width != generator.Height)
        {
            yield return "Augmentation.RightAngles rotates images by 90 degrees, but the images are " +
                $"{generator.Width}x{generator.Height}; turn it off, or use square images.";
        }

        if (augmentation.InputColorJitter > 0 && generator.Input is not (ImageChannels.Rgb or ImageChannels.Gray))
        {
            yield return $"Augmentation.InputColorJitter is {augmentation.InputColorJitter}, which supports RGB and gray inputs only, " +
                $"but Generator.Input is {generator.Input}; set it to 0, or choose Rgb or Gray.";
        }

        if (training.DiscriminatorAugmentation.HasFlag(DiscriminatorAugmentation.Color)
            && generator.Output is ImageChannels.Chroma or ImageChannels.Rgba)
        {
            yield return $"DiscriminatorAugmentation is {training.DiscriminatorAugmentation}, but Color does not support " +
                $"Generator.Output {generator.Output}; remove Color, or choose another output.";
        }
    }

    private static IEnumerable<string> WithoutAdversarialLoss(TrainingOptions training)
    {
        if (training.Losses.AdversarialWeight > 0)
            yield break;

        if (training.DiscriminatorAugmentation != DiscriminatorAugmentation.None)
        {
            yield return $"DiscriminatorAugmentation is {training.DiscriminatorAugmentation}, but Losses.AdversarialWeight is 0, so no " +
                "discriminator is trained; set DiscriminatorAugmentation to None, or AdversarialWeight above 0.";
        }

        if (training.ImagePool > 0)
        {
            yield return $"ImagePool is {training.ImagePool}, but Losses.AdversarialWeight is 0, so no discriminator is trained; set " +
                "ImagePool to 0, or AdversarialWeight above 0.";
        }
    }
}
