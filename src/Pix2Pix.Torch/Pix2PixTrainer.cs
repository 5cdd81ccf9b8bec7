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
/// Trains a generator against a discriminator on pairs of images (Isola et al. 2017). Holds native memory; disposing the trainer also
/// disposes the generator. Not thread-safe.
/// </summary>
public sealed class Pix2PixTrainer : IDisposable
{
    private readonly int _seed;
    private readonly ScalarType? _maps; // null: the type of the weights
    private readonly OptimizedNetwork<Generator> _generator;
    private readonly OptimizedNetwork<Discriminator> _discriminator;
    private readonly AdversarialLoss _adversarial;
    private readonly DifferentiableAugmentation _augmentation;
    private bool _canLearn = true;

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
        GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training, TensorFactory place)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(training);
        OptionsCheck.Check(generator, discriminator, training);
        Options = training;
        DiscriminatorOptions = discriminator.For(generator);
        Device = place.Device;
        _seed = training.SeedOrDefault;
        _maps = training.Precision == TrainingPrecision.BFloat16 ? ScalarType.BFloat16 : null;
        JudgeOps = new TrainingOps(dropoutSeed: 0, maps: _maps, channelsLast: training.ChannelsLast);
        if (training.Threads is { } threads)
            set_num_threads(threads);

        var network = Generator.Create(generator, place);
        WeightInit.Draw(network, training.WeightInit, Seeds.Derive(_seed, Seeds.Purpose.GeneratorWeights));
        _generator = new OptimizedNetwork<Generator>("generator", network, training, training.AverageDecay);

        var judge = new Discriminator(DiscriminatorOptions, generator.InputChannels, generator.OutputChannels, place);
        WeightInit.Draw(judge, training.WeightInit, Seeds.Derive(_seed, Seeds.Purpose.DiscriminatorWeights));
        _discriminator = new OptimizedNetwork<Discriminator>("discriminator", judge, training);

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
    internal Device Device { get; }

    /// <summary>The operations that run the discriminator: batch statistics, no dropout.</summary>
    internal TrainingOps JudgeOps { get; }

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
            ITrainingState[] always = [_generator, _discriminator, new ImagePoolState(Pool, Device)];
            return GeneratorAverage is null ? always : [.. always, GeneratorAverage];
        }
    }

    /// <summary>Whether all weights of both networks are finite.</summary>
    internal bool IsFinite => _generator.IsFinite() && _discriminator.IsFinite();

    /// <summary>The pool of earlier translations used to train the discriminator.</summary>
    internal ImagePool Pool { get; }

    // The current step, from 1. The generator's optimizer counts the steps, and checkpoints contain the count. The random draws of a step
    // depend on no other state.
    private long StepAtHand => _generator.Adam.Steps + 1;

    /// <summary>
    /// Finds contradictions between options that are valid on their own. Returns one sentence for each; the list is empty if training is
    /// possible.
    /// </summary>
    /// <param name="generator">The options of the generator to train.</param>
    /// <param name="discriminator">The options of the discriminator.</param>
    /// <param name="training">The training options.</param>
    /// <param name="run">The settings of the run. Its validation set may still be empty.</param>
    public static IReadOnlyList<string> Validate(
        GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training, TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(run);
        return [.. OptionsCheck.Problems(generator, discriminator, training), .. OptionsCheck.Problems(generator, training, run)];
    }

    /// <summary>Trains for the number of epochs in the options.</summary>
    /// <param name="pairs">The training pairs, at least one.</param>
    /// <param name="run">Progress reporting, cancellation, validation and checkpoints; null for <see cref="TrainingRun.Default"/>.</param>
    /// <returns>
    /// A summary of the training. The generator then has the weights of the best validation or the averaged weights, if the options ask for
    /// them.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The training or validation set is empty, its pairs were prepared for options other than the trainer's, or the options contradict
    /// the run.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    /// <exception cref="TrainingDivergedException">
    /// A loss or a weight is no longer finite, and no weights of a validation are available. If they are, the generator has the weights
    /// of the best validation, and <see cref="TrainingSummary.EndReason"/> reports the divergence.
    /// </exception>
    /// <exception cref="InvalidDataException">The run's checkpoint is damaged.</exception>
    /// <exception cref="CheckpointVersionException">The run's checkpoint has another format version.</exception>
    /// <exception cref="InvalidOperationException">
    /// The run's checkpoint belongs to another training, in which case the message lists all differences; or
    /// <see cref="ReleaseTrainingState"/> was called.
    /// </exception>
    /// <exception cref="IOException">The folder of the checkpoints or of the report cannot be written to.</exception>
    /// <exception cref="CheckpointException">The training is complete, but its last checkpoint could not be written.</exception>
    public TrainingSummary Train(IPairSource pairs, TrainingRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (!_canLearn)
            throw new InvalidOperationException("The trainer has ended its learning or is disposed of: make another one to train.");
        run ??= TrainingRun.Default;
        PairSourceCheck.Check(pairs, nameof(pairs), "learn from", new PairPreparation(Generator.Options, Options));
        OptionsCheck.Throw(OptionsCheck.Problems(Generator.Options, Options, run));
        if (run.ValidationSet is { } validation)
        {
            var whole = ImagePairs.ForValidation(Generator.Options, Options).Preparation;
            PairSourceCheck.Check(validation, nameof(run), "validate with", whole);
        }

        using var exact = TensorFloat32.On(Device, allowed: false); // for validations and samples; each step has its own setting
        return new TrainingLoop(this, pairs, run).Run();
    }

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
    internal PendingLosses Step(Tensor input, Tensor target, double learningRate)
    {
        using var rounding = TensorFloat32.On(Device, Options.Precision == TrainingPrecision.TensorFloat32);
        using var scope = NewDisposeScope();
        var ops = GeneratorOps();
        var weights = Options.Losses;

        // Translate once: both updates use this image. Activations are released here; autograd frees its own references during the
        // backward pass.
        Tensor fake;
        using (NewDisposeScope())
            fake = Generator.Apply(ops, input).MoveToOuterDisposeScope();

        var (discriminator, penalty) = weights.AdversarialWeight > 0 ? TeachDiscriminator(input, target, fake, learningRate) : default;

        // Update the generator. The discriminator is frozen, because its gradients are not needed here.
        var judged = new Lazy<DiscriminatorOutput>(() => Judge(input, fake, DiscriminatorPass.Judged));
        var adversarial = LossPart.Of(weights.AdversarialWeight, () => _adversarial.Generator(judged.Value));
        var features = LossPart.Of(weights.FeatureMatchingWeight, () => FeatureMatching.Of(
            image => Judge(input, image, DiscriminatorPass.Judged), target, judged.Value));
        var l1 = LossPart.Of(weights.L1Weight, () => nn.functional.l1_loss(fake, target));
        var l2 = LossPart.Of(weights.L2Weight, () => nn.functional.mse_loss(fake, target));
        LossPart.Sum(adversarial, features, l1, l2).backward();
        _generator.Step(learningRate);

        return new PendingLosses(discriminator, penalty, adversarial, features, l1, l2);
    }

    /// <summary>
    /// Frees everything that is only needed for training: the discriminator, gradients, the optimizers' moments and averages, which are
    /// three quarters of the memory of networks and optimizers. The generator remains usable. <see cref="Train"/> can no longer be called.
    /// On CUDA, libtorch retains the memory for later tensors.
    /// </summary>
    public void ReleaseTrainingState()
    {
        FreeLearning();
        GlibcMalloc.Release();
    }

    /// <summary>Frees both networks and their optimizers.</summary>
    public void Dispose()
    {
        FreeLearning();
        _generator.Dispose();
        GlibcMalloc.Release();
    }

    /// <summary>The operations that run the generator in the current step.</summary>
    internal TrainingOps GeneratorOps() => new(
        Seeds.Derive(_seed, Seeds.Purpose.Dropout, StepAtHand), Options.Statistics ?? NormStatistics.Running, _maps, Options.ChannelsLast);

    private void FreeLearning()
    {
        if (!_canLearn)
            return;
        _canLearn = false;
        _generator.ReleaseTrainingState();
        _discriminator.Dispose();
        Pool.Dispose();
    }

    // Updates the discriminator to distinguish the target from the translation, or from an earlier one out of the pool. The translation is
    // detached, so no gradient reaches the generator. A separate dispose scope frees the activations before the generator's update.
    private (LossPart Discriminator, LossPart Penalty) TeachDiscriminator(Tensor input, Tensor target, Tensor fake, double learningRate)
    {
        using var scope = NewDisposeScope();
        var detached = fake.detach();
        var shown = Pool.Exchange(input, detached, Seeds.Derive(_seed, Seeds.Purpose.ImagePool, StepAtHand));
        _discriminator.Parameters.RequireGradients(true);
        var loss = LossPart.Of(1, () => _adversarial.Discriminator(
            Judge(input, target, DiscriminatorPass.Target), Judge(shown.Input, shown.Image, DiscriminatorPass.Fake)));
        var penalty = LossPart.Of(_adversarial.GradientPenaltyWeight, () => GradientPenalty.Of(
            between => Judge(input, between, DiscriminatorPass.Between),
            target,
            detached,
            GradientPenalty.Shares(target, Seeds.Derive(_seed, Seeds.Purpose.GradientPenalty, StepAtHand))));
        LossPart.Sum(loss, penalty).backward();
        _discriminator.Step(learningRate);
        _discriminator.Parameters.RequireGradients(false);
        return (loss.MovedOut(), penalty.MovedOut());
    }

    // The same pass of the same step always draws the same augmentation.
    private DiscriminatorOutput Judge(Tensor input, Tensor image, DiscriminatorPass pass)
    {
        var seed = Seeds.Derive(_seed, Seeds.Purpose.DiscriminatorAugmentation, StepAtHand, (long)pass);
        var (seenInput, seenImage) = _augmentation.Apply(input, image, seed);
        return Discriminator.Judge(JudgeOps, seenInput, seenImage);
    }
}
