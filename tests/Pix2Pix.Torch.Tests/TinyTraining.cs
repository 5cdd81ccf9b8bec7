using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests;

/// <summary>A training of 32x32 pixels that takes milliseconds.</summary>
internal static class TinyTraining
{
    public static GeneratorOptions Generator { get; } = new() { Width = 32, Height = 32, Filters = 2 };

    public static DiscriminatorOptions Discriminator { get; } = new() { Filters = 2 };

    public static TrainingOptions Options { get; } = new() { Epochs = 2, BatchSize = 2, Seed = 7 };

    public static Pix2PixTrainer Trainer(TrainingOptions? options = null, GeneratorOptions? generator = null)
        => new(generator ?? Generator, Discriminator, options ?? Options);

    public static ImagePairs Pairs(int count, TrainingOptions? options = null, GeneratorOptions? generator = null)
    {
        var pairs = new ImagePairs(generator ?? Generator, options ?? Options);
        for (var i = 0; i < count; i++)
            pairs.Add(TestImages.Random(40, 40, seed: i), TestImages.Random(40, 40, seed: 1000 + i));
        return pairs;
    }

    public static float[] Weights(Pix2PixTrainer trainer)
        => [.. trainer.Generator.parameters().Concat(trainer.Discriminator.parameters()).SelectMany(Tensors.Floats)];
}
