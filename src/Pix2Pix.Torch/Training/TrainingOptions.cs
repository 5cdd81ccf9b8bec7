using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Training;

/// <summary>How the networks learn. Immutable; the defaults are the paper's (Isola et al. 2017, section 3.3 and appendix 6.2).</summary>
public sealed record TrainingOptions
{
    /// <summary>The paper's settings.</summary>
    public static TrainingOptions Default { get; } = new();

    /// <summary>Passes over all pairs.</summary>
    /// <value>The default is 200, as the paper used for facades.</value>
    public int Epochs { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 200;

    /// <summary>The share of the training, at its end, in which the learning rate falls linearly to zero.</summary>
    /// <value>The default is 0.5: the rate is constant for the first half.</value>
    public double DecayShare { get; init => field = Guard.InRange(value, 0.0, 1.0); } = 0.5;

    /// <summary>Pairs in a step. The last batch of an epoch holds what is left.</summary>
    /// <value>The default is 1, as in the paper.</value>
    public int BatchSize { get; init => field = Guard.InRange(value, 1, 4096); } = 1;

    /// <summary>Adam's learning rate, for both networks.</summary>
    /// <value>The default is 0.0002.</value>
    public double LearningRate { get; init => field = Guard.InRange(value, 0.0, 1.0); } = 2e-4;

    /// <summary>Adam's decay of the first moment.</summary>
    /// <value>The default is 0.5.</value>
    public double Beta1 { get; init => field = Guard.InRange(value, 0.0, 0.9999999); } = 0.5;

    /// <summary>Adam's decay of the second moment.</summary>
    /// <value>The default is 0.999.</value>
    public double Beta2 { get; init => field = Guard.InRange(value, 0.0, 0.9999999); } = 0.999;

    /// <summary>Lambda: the weight of the mean absolute difference beside the adversarial loss.</summary>
    /// <value>The default is 100.</value>
    public double L1Weight { get; init => field = Guard.InRange(value, 0.0, 1e6); } = 100;

    /// <summary>
    /// Images are kept this much larger than the generator's size, and each step crops another part: one draw for both images of a
    /// pair.
    /// </summary>
    /// <value>The default is 286 / 256, as in the paper. 1 turns the crop off.</value>
    public double LoadScale { get; init => field = Guard.InRange(value, 1.0, 4.0); } = 286.0 / 256;

    /// <summary>Whether half of the draws mirror both images of a pair left to right.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Mirror { get; init; } = true;

    /// <summary>
    /// Which statistics the generator's batch normalization learns with. Image: those of each image by itself, so that it learns as it
    /// will translate, and an image never depends on the others of its batch. Running: those of the whole batch, as in PyTorch, which
    /// also move the running ones. With a batch of one, both are the same.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: those that it will translate with, where an estimator knows them; else Running. A generator
    /// that learnt with Image has no running statistics to translate with.
    /// </value>
    public NormStatistics? Statistics { get; init => field = value is null ? null : Guard.Defined(value.Value); }

    /// <summary>
    /// The seed of weights, order, crops and dropout. Two trainings with the same seed, pairs, options and threads give the same
    /// bits on a CPU.
    /// </summary>
    /// <value>The default is <see langword="null"/>: 1, or a seed from the MLContext where an estimator was given one.</value>
    public int? Seed { get; init; }

    /// <summary>The seed to train with where nobody chose one before.</summary>
    internal int SeedOrDefault => Seed ?? 1;

    /// <summary>The threads of libtorch, for the whole process.</summary>
    /// <value>The default is <see langword="null"/>: as many as libtorch chooses, which is the number of physical cores.</value>
    public int? Threads { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, 1024); }
}
