using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Losses;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch;

/// <summary>
/// Trains a generator against a discriminator on pairs of images (Isola et al. 2017). Holds native memory: dispose it, which disposes
/// of the generator too. Not thread-safe.
/// </summary>
public sealed class Pix2PixTrainer : IDisposable
{
    /// <summary>The discriminator always learns with the statistics of the batch, and has no dropout.</summary>
    private static readonly TrainingOps JudgeOps = new(dropoutSeed: 0);

    private readonly int _seed;
    private readonly Learner<Generator> _generator;
    private readonly Learner<PatchDiscriminator> _discriminator;
    private readonly Pix2PixLoss _loss;
    private long _steps;

    /// <summary>Builds both networks and draws their weights.</summary>
    /// <param name="generator">The generator to train.</param>
    /// <param name="discriminator">Its adversary.</param>
    /// <param name="training">How they learn.</param>
    /// <param name="gpuDeviceId">The CUDA device, from 0, or null for the CPU.</param>
    /// <exception cref="TorchRuntimeException">libtorch could not be loaded; the message says why and what to do.</exception>
    /// <exception cref="InvalidOperationException">The CUDA device is not there.</exception>
    public Pix2PixTrainer(
        GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training, int? gpuDeviceId = null)
        : this(generator, discriminator, training, new Placement(TorchDevice.Resolve(gpuDeviceId), ScalarType.Float32))
    {
    }

    internal Pix2PixTrainer(
        GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training, Placement place)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(training);
        OptionsCheck.Check(generator, discriminator, training);
        Options = training;
        Device = place.Device;
        _seed = training.SeedOrDefault;
        if (training.Threads is { } threads)
            set_num_threads(threads);

        var network = Generator.Create(generator, place);
        WeightInit.Normal(network, Seeds.Derive(_seed, Seeds.Purpose.GeneratorWeights));
        _generator = new Learner<Generator>(network, training);

        var judge = new PatchDiscriminator(discriminator, generator.InputChannels + generator.OutputChannels, place);
        WeightInit.Normal(judge, Seeds.Derive(_seed, Seeds.Purpose.DiscriminatorWeights));
        _discriminator = new Learner<PatchDiscriminator>(judge, training);

        _loss = new Pix2PixLoss(training.Losses.L1Weight);
    }

    /// <summary>How the networks learn.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The generator, as trained so far. It lives as long as the trainer.</summary>
    public Generator Generator => _generator.Network;

    /// <summary>Where the networks live.</summary>
    internal Device Device { get; }

    /// <summary>The adversary. Its parameters stay frozen between steps.</summary>
    internal PatchDiscriminator Discriminator => _discriminator.Network;

    /// <summary>The generator's optimizer.</summary>
    internal FlatAdam GeneratorAdam => _generator.Adam;

    /// <summary>The discriminator's optimizer.</summary>
    internal FlatAdam DiscriminatorAdam => _discriminator.Adam;

    /// <summary>Trains for the epochs of the options.</summary>
    /// <param name="pairs">The pairs to learn from, at least one.</param>
    /// <param name="run">Who watches, who may end it, what is kept.</param>
    /// <exception cref="ArgumentException">There is no pair, or they were prepared for other options than the trainer's.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">A loss is not finite any more.</exception>
    public TrainingSummary Train(IPairSource pairs, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        Check(pairs);
        return new TrainingLoop(this, pairs, run ?? TrainingRun.Default).Run();
    }

    /// <summary>One step of the game on a batch: the discriminator learns, then the generator (paper, section 3.3).</summary>
    /// <param name="input">(N, C, H, W) in [-1, 1].</param>
    /// <param name="target">(N, C', H, W) in [-1, 1].</param>
    /// <param name="learningRate">Of both networks.</param>
    internal StepLosses Step(Tensor input, Tensor target, double learningRate)
    {
        using var scope = NewDisposeScope();
        var ops = new TrainingOps(Seeds.Derive(_seed, Seeds.Purpose.Dropout, ++_steps), Options.Statistics ?? NormStatistics.Running);

        // Translate once: both updates see this image.
        var fake = Generator.Apply(ops, input);

        // The discriminator learns to tell the target from the translation. Detached: nothing flows back to the generator.
        _discriminator.Parameters.RequireGradients(true);
        var loss = _loss.Discriminator(
            Discriminator.Apply(JudgeOps, input, target), Discriminator.Apply(JudgeOps, input, fake.detach()));
        loss.backward();
        _discriminator.Adam.Step(learningRate);

        // The generator learns to fool it, and to stay near the target. Frozen: the discriminator's gradients are not needed.
        _discriminator.Parameters.RequireGradients(false);
        var adversarial = _loss.GeneratorAdversarial(Discriminator.Apply(JudgeOps, input, fake));
        var l1 = _loss.L1(fake, target);
        _loss.Generator(adversarial, l1).backward();
        _generator.Adam.Step(learningRate);

        return new StepLosses(loss.Value(), adversarial.Value(), l1.Value());
    }

    /// <summary>Frees both networks and their optimizers.</summary>
    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
    }

    private void Check(IPairSource pairs)
    {
        if (pairs.Count == 0)
            throw new ArgumentException("There are no pairs to learn from; expected at least one.", nameof(pairs));
        if (pairs is not ImagePairs { Preparation: var prepared })
            return;
        var expected = new PairPreparation(Generator.Options, Options);
        if (prepared != expected)
        {
            throw new ArgumentException(
                $"The pairs were made for other options than the trainer's.\n  Made for: {prepared}\n  Expected: {expected}\n" +
                "Make the ImagePairs from the options that the trainer has.",
                nameof(pairs));
        }
    }
}
