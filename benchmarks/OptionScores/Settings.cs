using Pix2Pix;

namespace OptionScores;

/// <summary>The settings that all variants share.</summary>
internal sealed record Settings(PairSide Input, int Size, int Filters, int Batch, int Epochs)
{
    /// <summary>The options that a variant changes: those of the paper at a smaller size, with dropout during testing.</summary>
    public Pix2PixOptions Options(int seed) => new()
    {
        Generator = new() { Width = Size, Height = Size, Filters = Filters },
        Discriminator = new() { Filters = Filters },
        Training = new() { Epochs = Epochs, BatchSize = Batch, Seed = seed },
        Inference = new() { Dropout = true, DropoutSeed = seed },
    };
}
