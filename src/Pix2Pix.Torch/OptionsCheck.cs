using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.Torch;

/// <summary>Options that are fine alone and contradict each other. All contradictions in one error, before anything is built.</summary>
internal static class OptionsCheck
{
    /// <exception cref="ArgumentException">Some options contradict each other; all of them are named.</exception>
    public static void Check(GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training)
    {
        string[] problems = [.. Problems(generator, discriminator, training)];
        if (problems.Length > 0)
            throw new ArgumentException($"The options contradict each other:\n  {string.Join("\n  ", problems)}");
    }

    // One sentence each: what contradicts what, and what to do. In the order of the records and of their properties.
    private static IEnumerable<string> Problems(GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training)
    {
        if (generator.SizeProblem is { } sizeProblem)
            yield return sizeProblem;
        var isJudged = training.Losses.AdversarialWeight > 0 || training.Losses.FeatureMatchingWeight > 0;
        if (isJudged && Math.Min(generator.Width, generator.Height) < discriminator.SmallestSide)
        {
            yield return $"Discriminator.Layers is {discriminator.Layers} and Discriminator.Scales is {discriminator.Scales}, which leaves " +
                $"no logit of images of {generator.Width}x{generator.Height}; make their sides at least {discriminator.SmallestSide}, or " +
                "choose fewer layers or scales.";
        }

        if (training.Augmentation.RightAngles && generator.Width != generator.Height)
        {
            yield return $"Augmentation.RightAngles turns images by 90 degrees, but they are {generator.Width}x{generator.Height}; " +
                "turn it off, or make the images square.";
        }
    }
}
