using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Losses;
using Pix2Pix.Torch.Native;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch;

/// <summary>
/// A generator and a discriminator with their optimizers, and the step that trains them (Isola et al. 2017).
/// <see cref="TrainerExtensions.Train(Pix2PixTrainer, ImagePairs, TrainingRun)"/> runs the steps of a whole training. Holds native memory;
/// disposing the trainer also disposes the generator. Not thread-safe.
/// </summary>
public sealed class Pix2PixTrainer : IDisposable
{
    private readonly TensorFactory _factory;
    private readonly int _seed;
    private readonly ScalarType? _activationType; // null: the type of the weights
    private readonly OptimizedNetwork<Generator> _generator;
    private readonly OptimizedNetwork<Discriminator> _discriminator;
    private readonly AdversarialLoss _adversarial;
    private readonly DifferentiableAugmentation _augmentation;
    private bool _canTrain = true;

    /// <summary>Builds both networks and initializes their weights.</summary>
    /// <param name="generator">The options of the generator to train.</param>
    /// <param name="discriminator">The options of the discriminator.</param>
    /// <param name="training">The training options.</param>
    /// <param name="gpuDeviceId">The CUDA device, from 0, or null for the CPU.</param>
    /// <exception cref="ArgumentException">Some options contradict each other; the message lists all of them.</exception>
    /// <exception cref="TorchRuntimeException">libtorch could not be loaded; the message states the cause and the remedy.</exception>
    /// <exception cref="InvalidOperationException">The CUDA device does not exist.</exception>
    public Pix2PixTrainer(
        GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training, int? gpuDeviceId = null)
        : this(generator, discriminator, training, new TensorFactory(TorchDevice.Resolve(gpuDeviceId), ScalarType.Float32))
    {
    }

    internal Pix2PixTrainer(
        GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training, TensorFactory factory)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(training);
        OptionsCheck.Check(generator, discriminator, training);
        Options = training;
        DiscriminatorOptions = discriminator.For(generator);
        _factory = factory;
        _seed = training.SeedOrDefault;
        _activationType = training.Precision == TrainingPrecision.BFloat16 ? ScalarType.BFloat16 : null;
        DiscriminatorOps = new TrainingOps(dropoutSeed: 0, activationType: _activationType, channelsLast: training.ChannelsLast);
        if (training.Threads is { } threads)
            set_num_threads(threads);

        var network = Generator.Create(generator, factory);
        WeightInit.Draw(network, training.WeightInit, Seeds.Derive(_seed, Seeds.Stream.GeneratorWeights));
        _generator = new OptimizedNetwork<Generator>("generator", network, training, training.AverageDecay);

        var discriminatorNetwork = new Discriminator(DiscriminatorOptions, generator.InputChannels, generator.OutputChannels, factory);
        WeightInit.Draw(discriminatorNetwork, training.WeightInit, Seeds.Derive(_seed, Seeds.Stream.DiscriminatorWeights));
        _discriminator = new OptimizedNetwork<Discriminator>("discriminator", discriminatorNetwork, training);
        _discriminator.Parameters.RequireGradients(false);

        _adversarial = AdversarialLoss.Create(training.Losses);
        _augmentation = new DifferentiableAugmentation(training.DiscriminatorAugmentation);
        Pool = new ImagePool(training.ImagePool);
    }

    /// <summary>The training options.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The generator, as trained so far. The trainer owns it and disposes it.</summary>
    public Generator Generator => _generator.Network;

    /// <summary>The discriminator's options, with the number of filters resolved.</summary>
    internal DiscriminatorOptions DiscriminatorOptions { get; }

    /// <summary>The device of both networks.</summary>
    internal Device Device => _factory.Device;

    /// <summary>The operations that run the discriminator: batch statistics, no dropout.</summary>
    internal TrainingOps DiscriminatorOps { get; }

    /// <summary>The discriminator. Its parameters are frozen between steps.</summary>
    internal Discriminator Discriminator => _discriminator.Network;

    /// <summary>The generator's optimizer.</summary>
    internal FlatAdam GeneratorAdam => _generator.Adam;

    /// <summary>The generator's parameters and running statistics.</summary>
    internal NetworkState GeneratorState => _generator.State;

    /// <summary>The EMA of the generator's state; null if it is disabled.</summary>
    internal ExponentialMovingAverage? GeneratorAverage => _generator.Average;

    /// <summary>The discriminator's optimizer.</summary>
    internal FlatAdam DiscriminatorAdam => _discriminator.Adam;

    /// <summary>The parts of the trainer that a checkpoint contains.</summary>
    internal IReadOnlyList<ITrainingState> States
    {
        get
        {
            ITrainingState[] always = [_generator, _discriminator, new ImagePoolState(Pool, Generator.Options, _factory)];
            return GeneratorAverage is null ? always : [.. always, GeneratorAverage];
        }
    }

    /// <summary>Whether all weights of both networks are finite.</summary>
    internal bool IsFinite => _generator.IsFinite() && _discriminator.IsFinite();

    /// <summary>The pool of earlier translations used to train the discriminator.</summary>
    internal ImagePool Pool { get; }

    // The current step, from 1. The generator's optimizer counts the steps, and checkpoints contain the count. The random draws of a step
    // depend on no other state.
    private long CurrentStep => _generator.Adam.Steps + 1;

    /// <summary>
    /// Performs one training step on a batch: updates the discriminator once, then the generator once (paper, section 3.3). A loss term
    /// with a weight of 0 is not computed; without an adversarial term the discriminator is not run at all.
    /// </summary>
    /// <param name="input">(N, C, H, W) in [-1, 1].</param>
    /// <param name="target">(N, C', H, W) in [-1, 1].</param>
    /// <param name="learningRate">The learning rate of both networks.</param>
    /// <returns>
    /// The losses; the caller disposes them. On CUDA the step may still be in progress: the method does not wait for the device.
    /// </returns>
    /// <exception cref="InvalidOperationException"><see cref="ReleaseTrainingState"/> was called.</exception>
    internal PendingLosses Step(Tensor input, Tensor target, double learningRate)
    {
        RequireTrainingState();
        using var rounding = TensorFloat32.On(Device, Options.Precision == TrainingPrecision.TensorFloat32);
        using var scope = NewDisposeScope();
        var fake = Translate(input);
        var discriminator = Options.Losses.AdversarialWeight > 0 ? UpdateDiscriminator(input, target, fake, learningRate) : [];
        var generator = UpdateGenerator(input, target, fake, learningRate);
        return new PendingLosses([.. discriminator, .. generator]);
    }

    /// <summary>
    /// Frees everything that is only needed for training: the discriminator, gradients, the optimizers' moments and averages, which are
    /// three quarters of the memory of networks and optimizers. The generator remains usable; the trainer can no longer train.
    /// On CUDA, libtorch retains the memory for later tensors.
    /// </summary>
    public void ReleaseTrainingState()
    {
        FreeTrainingState();
        GlibcMalloc.Release();
    }

    /// <summary>Frees both networks and their optimizers.</summary>
    public void Dispose()
    {
        FreeTrainingState();
        _generator.Dispose();
        GlibcMalloc.Release();
    }

    /// <summary>The operations that run the generator in the current step.</summary>
    internal TrainingOps GeneratorOps() => new(
        Seeds.Derive(_seed, Seeds.Stream.Dropout, CurrentStep),
        Options.Statistics ?? NormStatistics.Running,
        _activationType,
        Options.ChannelsLast);

    /// <exception cref="InvalidOperationException"><see cref="ReleaseTrainingState"/> or <see cref="Dispose"/> was called.</exception>
    internal void RequireTrainingState()
    {
        if (!_canTrain)
            throw new InvalidOperationException("The trainer has released its training state; create a new trainer to train again.");
    }

    private void FreeTrainingState()
    {
        if (!_canTrain)
            return;
        _canTrain = false;
        _generator.ReleaseTrainingState();
        _discriminator.Dispose();
        Pool.Dispose();
    }

    // Translates once: both updates use this image. Activations are released here; autograd frees its own references during the backward
    // pass.
    private Tensor Translate(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Generator.Apply(GeneratorOps(), input).MoveToOuterDisposeScope();
    }

    // Updates the discriminator to distinguish the target from the translation, or from an earlier one out of the pool. The translation is
    // detached, so no gradient reaches the generator. A separate dispose scope frees the activations before the generator's update.
    private LossPart[] UpdateDiscriminator(Tensor input, Tensor target, Tensor fake, double learningRate)
    {
        using var scope = NewDisposeScope();
        var detached = fake.detach();
        var shown = Pool.Exchange(input, detached, Seeds.Derive(_seed, Seeds.Stream.ImagePool, CurrentStep));
        _discriminator.Parameters.RequireGradients(true);
        var loss = LossPart.Of(LossTerm.Discriminator, Options.Losses, () => _adversarial.Discriminator(
            Discriminate(input, target, DiscriminatorPass.Target), Discriminate(shown.Input, shown.Image, DiscriminatorPass.Fake)));
        var penalty = LossPart.Of(LossTerm.GradientPenalty, Options.Losses, () => GradientPenalty.Of(
            between => Discriminate(input, between, DiscriminatorPass.Between),
            target,
            detached,
            GradientPenalty.Shares(target, Seeds.Derive(_seed, Seeds.Stream.GradientPenalty, CurrentStep))));
        LossPart.Sum(loss, penalty).backward();
        _discriminator.Step(learningRate);
        _discriminator.Parameters.RequireGradients(false);
        return [loss.MovedOut(), penalty.MovedOut()];
    }

    // The discriminator is frozen, because its gradients are not needed here.
    private LossPart[] UpdateGenerator(Tensor input, Tensor target, Tensor fake, double learningRate)
    {
        var pass = new GeneratorPass(target, fake, _adversarial, image => Discriminate(input, image, DiscriminatorPass.Generator));
        var losses = GeneratorLosses.Of(pass, Options.Losses);
        LossPart.Sum(losses).backward();
        _generator.Step(learningRate);
        return losses;
    }

    // The same pass of the same step always draws the same augmentation.
    private DiscriminatorOutput Discriminate(Tensor input, Tensor image, DiscriminatorPass pass)
    {
        var seed = Seeds.Derive(_seed, Seeds.Stream.DiscriminatorAugmentation, CurrentStep, (long)pass);
        var (seenInput, seenImage) = _augmentation.Apply(input, image, seed);
        return Discriminator.Apply(DiscriminatorOps, seenInput, seenImage);
    }
}
