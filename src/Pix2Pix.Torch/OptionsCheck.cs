using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Losses;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.Torch;

/// <summary>Options that are fine alone and contradict each other. All contradictions in one error, before anything is built.</summary>
internal static class OptionsCheck
{
    /// <exception cref="ArgumentException">Some options contradict each other; all of them are named.</exception>
    public static void Check(GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training)
    {
        string[] problems =
        [
            .. OfSizes(generator, discriminator, training.Losses),
            .. OfLosses(training.Losses, discriminator),
            .. OfImages(generator, training.Augmentation),
            .. WithoutGame(training),
        ];
        if (problems.Length > 0)
            throw new ArgumentException($"The options contradict each other:\n  {string.Join("\n  ", problems)}");
    }

    // One sentence each: what contradicts what, and what to do.
    private static IEnumerable<string> OfSizes(GeneratorOptions generator, DiscriminatorOptions discriminator, LossOptions losses)
    {
        if (generator.SizeProblem is { } sizeProblem)
            yield return sizeProblem;

        if (losses.AdversarialWeight > 0 && Math.Min(generator.Width, generator.Height) < discriminator.SmallestSide)
        {
            yield return $"Discriminator.Layers is {discriminator.Layers} and Discriminator.Scales is {discriminator.Scales}, which leaves " +
                $"no logit of images of {generator.Width}x{generator.Height}; make their sides at least {discriminator.SmallestSide}, or " +
                "choose fewer layers or scales.";
        }
    }

    private static IEnumerable<string> OfLosses(LossOptions losses, DiscriminatorOptions discriminator)
    {
        if (losses is { AdversarialWeight: 0, L1Weight: 0, L2Weight: 0, FeatureMatchingWeight: 0 })
        {
            yield return "Losses.AdversarialWeight, L1Weight, L2Weight and FeatureMatchingWeight are all 0, so there is nothing to learn; " +
                "give at least one of them a weight.";
        }

        if (losses is { AdversarialWeight: 0, FeatureMatchingWeight: > 0 })
        {
            yield return $"Losses.FeatureMatchingWeight is {losses.FeatureMatchingWeight}, but AdversarialWeight is 0 and no discriminator " +
                "is trained whose features could match; set it to 0, or give AdversarialWeight a weight.";
        }

        if (losses is not { AdversarialWeight: > 0, Adversarial: AdversarialKind.WassersteinGradientPenalty })
            yield break;

        if (losses.GradientPenaltyWeight == 0)
        {
            yield return "Losses.GradientPenaltyWeight is 0, but WassersteinGradientPenalty needs its penalty: without it the " +
                "discriminator's logits grow without end; the paper has 10.";
        }

        if (discriminator.Norm == NormKind.Batch)
        {
            yield return "Losses.Adversarial is WassersteinGradientPenalty, whose penalty is of each image by itself, but the discriminator's " +
                "Norm is Batch, which mixes the images of a batch; make it Instance or None.";
        }
    }

    private static IEnumerable<string> OfImages(GeneratorOptions generator, AugmentationOptions augmentation)
    {
        if (augmentation.RightAngles && generator.Width != generator.Height)
        {
            yield return $"Augmentation.RightAngles turns images by 90 degrees, but they are {generator.Width}x{generator.Height}; " +
                "turn it off, or make the images square.";
        }

        if (augmentation.InputColorJitter > 0 && generator.Input is not (ImageChannels.Rgb or ImageChannels.Gray))
        {
            yield return $"Augmentation.InputColorJitter is {augmentation.InputColorJitter} and changes colours of RGB and gray " +
                $"inputs, but the generator's input is {generator.Input}; set it to 0, or choose Rgb or Gray.";
        }
    }

    private static IEnumerable<string> WithoutGame(TrainingOptions training)
    {
        if (training.Losses.AdversarialWeight > 0)
            yield break;

        if (training.DiscriminatorAugmentation != DiscriminatorAugmentation.None)
        {
            yield return $"DiscriminatorAugmentation is {training.DiscriminatorAugmentation}, but Losses.AdversarialWeight is 0 and no " +
                "discriminator is trained; set it to None, or give AdversarialWeight a weight.";
        }

        if (training.ImagePool > 0)
        {
            yield return $"ImagePool is {training.ImagePool}, but Losses.AdversarialWeight is 0 and no discriminator is trained that " +
                "would look into it; set it to 0, or give AdversarialWeight a weight.";
        }
    }
}
