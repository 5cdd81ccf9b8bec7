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
/// Trains a generator against a discriminator on pairs of images (Isola et al. 2017). Holds native memory: dispose it, which disposes
/// of the generator too. Not thread-safe.
/// </summary>
public sealed class Pix2PixTrainer : IDisposable
{
    private readonly int _seed;
    private readonly ScalarType? _maps; // null: that of the weights
    private readonly OptimizedNetwork<Generator> _generator;
    private readonly OptimizedNetwork<Discriminator> _discriminator;
    private readonly AdversarialLoss _adversarial;
    private readonly DifferentiableAugmentation _augmentation;
    private bool _canLearn = true;

    /// <summary>Builds both networks and draws their weights.</summary>
    /// <param name="generator">The generator to train.</param>
    /// <param name="discriminator">Its adversary.</param>
    /// <param name="training">How they learn.</param>
    /// <param name="gpuDeviceId">The CUDA device, from 0, or null for the CPU.</param>
    /// <exception cref="ArgumentException">Some options contradict each other; all of them are named.</exception>
    /// <exception cref="TorchRuntimeException">libtorch could not be loaded; the message says why and what to do.</exception>
    /// <exception cref="InvalidOperationException">The CUDA device is not there.</exception>
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

    /// <summary>How the networks learn.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The generator, as trained so far. It lives as long as the trainer.</summary>
    public Generator Generator => _generator.Network;

    /// <summary>The discriminator's options, its filters set.</summary>
    internal DiscriminatorOptions DiscriminatorOptions { get; }

    /// <summary>Where the networks live.</summary>
    internal Device Device { get; }

    /// <summary>How the discriminator is run: by the statistics of the batch, without dropout.</summary>
    internal TrainingOps JudgeOps { get; }

    /// <summary>The adversary. Its parameters stay frozen between steps.</summary>
    internal Discriminator Discriminator => _discriminator.Network;

    /// <summary>The generator's optimizer.</summary>
    internal FlatAdam GeneratorAdam => _generator.Adam;

    /// <summary>The numbers that the generator translates with.</summary>
    internal NetworkState GeneratorState => _generator.State;

    /// <summary>Their average; null where none is asked for.</summary>
    internal ExponentialMovingAverage? GeneratorAverage => _generator.Average;

    /// <summary>The discriminator's optimizer.</summary>
    internal FlatAdam DiscriminatorAdam => _discriminator.Adam;

    /// <summary>What a checkpoint keeps of the trainer.</summary>
    internal IReadOnlyList<ITrainingState> States
    {
        get
        {
            ITrainingState[] always = [_generator, _discriminator, new ImagePoolState(Pool, Device)];
            return GeneratorAverage is null ? always : [.. always, GeneratorAverage];
        }
    }

    /// <summary>Whether no weight of either network is infinite or not a number.</summary>
    internal bool IsFinite => _generator.IsFinite() && _discriminator.IsFinite();

    /// <summary>Earlier translations that the discriminator learns from.</summary>
    internal ImagePool Pool { get; }

    // From 1. The generator's optimizer counts the steps, and checkpoints keep its count: what is drawn in a step depends on no other
    // state.
    private long StepAtHand => _generator.Adam.Steps + 1;

    /// <summary>What contradicts what in options that are fine alone: one sentence each. None where a training is possible.</summary>
    /// <param name="generator">The generator to train.</param>
    /// <param name="discriminator">Its adversary.</param>
    /// <param name="training">How they learn.</param>
    /// <param name="run">The run; its pairs to validate with may yet be empty.</param>
    public static IReadOnlyList<string> Validate(
        GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training, TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(run);
        return [.. OptionsCheck.Problems(generator, discriminator, training), .. OptionsCheck.Problems(generator, training, run)];
    }

    /// <summary>Trains for the epochs of the options.</summary>
    /// <param name="pairs">The pairs to learn from, at least one.</param>
    /// <param name="run">Who watches, who may end it, what is kept.</param>
    /// <returns>What it did. The generator then holds the weights of the best validation, or the averaged ones, where asked for.</returns>
    /// <exception cref="ArgumentException">
    /// There is no pair, or they were prepared for other options than the trainer's; so with the pairs to validate with. Or the options
    /// contradict the run.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">
    /// A loss or a weight is no longer finite, and no weights of a validation are kept. Otherwise the generator has those of the best one, and
    /// <see cref="TrainingSummary.EndReason"/> says so.
    /// </exception>
    /// <exception cref="InvalidDataException">The run's checkpoint is damaged.</exception>
    /// <exception cref="CheckpointVersionException">The run's checkpoint is of another version of the format.</exception>
    /// <exception cref="InvalidOperationException">
    /// The run's checkpoint is of another training; all that differs is named. Or <see cref="ReleaseTrainingState"/> was called.
    /// </exception>
    /// <exception cref="IOException">The run's folder cannot take checkpoints, or that of its report cannot be written to.</exception>
    /// <exception cref="CheckpointException">The training is done; its last checkpoint could not be written.</exception>
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

        using var exact = TensorFloat32.On(Device, allowed: false); // validations and samples; a step says it for itself
        return new TrainingLoop(this, pairs, run).Run();
    }

    /// <summary>
    /// One step of the game on a batch: the discriminator learns once, then the generator once (paper, section 3.3). A part of the loss
    /// whose weight is 0 is not computed; without an adversarial part the discriminator is not run at all.
    /// </summary>
    /// <param name="input">(N, C, H, W) in [-1, 1].</param>
    /// <param name="target">(N, C', H, W) in [-1, 1].</param>
    /// <param name="learningRate">Of both networks.</param>
    /// <returns>The caller disposes of them. On CUDA the step may yet be under way: nothing in it waits for the device.</returns>
    internal PendingLosses Step(Tensor input, Tensor target, double learningRate)
    {
        using var rounding = TensorFloat32.On(Device, Options.Precision == TrainingPrecision.TensorFloat32);
        using var scope = NewDisposeScope();
        var ops = GeneratorOps();
        var weights = Options.Losses;

        // Translate once: both updates see this image. The maps on the way are the graph's alone then, which lets go of them on its way
        // back.
        Tensor fake;
        using (NewDisposeScope())
            fake = Generator.Apply(ops, input).MoveToOuterDisposeScope();

        var (discriminator, penalty) = weights.AdversarialWeight > 0 ? TeachDiscriminator(input, target, fake, learningRate) : default;

        // The generator learns to fool it, and to stay near the target. Frozen: the discriminator's gradients are not needed.
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
    /// Frees what only learning needs: the discriminator, gradients, the optimizers' moments and averages, three quarters of what networks
    /// and optimizers take. The generator stays. <see cref="Train"/> cannot be called any more. On CUDA libtorch keeps the memory to itself
    /// for later tensors.
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

    /// <summary>How the generator is run in the step at hand.</summary>
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

    // The discriminator learns to tell the target from the translation, or from an earlier one. Detached: nothing flows back to the
    // generator. In a scope of its own: its maps are free again before the generator learns.
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

    // The same sight of the same step draws the same augmentation.
    private DiscriminatorOutput Judge(Tensor input, Tensor image, DiscriminatorPass pass)
    {
        var seed = Seeds.Derive(_seed, Seeds.Purpose.DiscriminatorAugmentation, StepAtHand, (long)pass);
        var (seenInput, seenImage) = _augmentation.Apply(input, image, seed);
        return Discriminator.Judge(JudgeOps, seenInput, seenImage);
    }
}
