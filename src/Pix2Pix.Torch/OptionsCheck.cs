using Pix2Pix.Torch.Data;
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
        _ = discriminator;
        if (training.Augmentation.RightAngles && generator.Width != generator.Height)
        {
            yield return $"Augmentation.RightAngles turns images by 90 degrees, but they are {generator.Width}x{generator.Height}; " +
                "turn it off, or make the images square.";
        }

        if (training.Augmentation.InputColorJitter > 0 && generator.Input is not (ImageChannels.Rgb or ImageChannels.Gray))
        {
            yield return $"Augmentation.InputColorJitter is {training.Augmentation.InputColorJitter} and changes colours of RGB and gray " +
                $"inputs, but the generator's input is {generator.Input}; set it to 0, or choose Rgb or Gray.";
        }
    }
}
