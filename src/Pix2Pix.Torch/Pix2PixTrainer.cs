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

    private readonly TrainingOptions _options;
    private readonly int _seed;
    private readonly Device _device;
    private readonly PatchDiscriminator _discriminator;
    private readonly FlatParameters _generatorParameters;
    private readonly FlatParameters _discriminatorParameters;
    private readonly FlatAdam _generatorAdam;
    private readonly FlatAdam _discriminatorAdam;
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
        _options = training;
        _seed = training.SeedOrDefault;
        _device = place.Device;
        if (training.Threads is { } threads)
            set_num_threads(threads);

        Generator = Generator.Create(generator, place);
        WeightInit.Normal(Generator, Seeds.Derive(_seed, Seeds.Purpose.GeneratorWeights));
        _generatorParameters = new FlatParameters(Generator);
        _generatorAdam = new FlatAdam(_generatorParameters, training.Beta1, training.Beta2);

        _discriminator = new PatchDiscriminator(discriminator, generator.InputChannels + generator.OutputChannels, place);
        WeightInit.Normal(_discriminator, Seeds.Derive(_seed, Seeds.Purpose.DiscriminatorWeights));
        _discriminatorParameters = new FlatParameters(_discriminator);
        _discriminatorAdam = new FlatAdam(_discriminatorParameters, training.Beta1, training.Beta2);

        _loss = new Pix2PixLoss(training.L1Weight);
    }

    /// <summary>The generator, as trained so far. It lives as long as the trainer.</summary>
    public Generator Generator { get; }

    /// <summary>The adversary. Its parameters stay frozen between steps.</summary>
    internal PatchDiscriminator Discriminator => _discriminator;

    /// <summary>The generator's optimizer.</summary>
    internal FlatAdam GeneratorAdam => _generatorAdam;

    /// <summary>The discriminator's optimizer.</summary>
    internal FlatAdam DiscriminatorAdam => _discriminatorAdam;

    /// <summary>Trains for the epochs of the options.</summary>
    /// <param name="pairs">The pairs to learn from, at least one.</param>
    /// <param name="progress">Called after each step, on this thread.</param>
    /// <param name="stop">Ends the training after the step at hand; what was learnt stays.</param>
    /// <param name="cancel">Ends the training after the step at hand with an exception.</param>
    /// <param name="clock">Measures time; the system's where null.</param>
    /// <exception cref="ArgumentException">There is no pair, or they were prepared for other options than the trainer's.</exception>
    /// <exception cref="NotSupportedException">The generator has other than three channels in or out.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">A loss is not finite any more.</exception>
    public TrainingSummary Train(
        ImagePairs pairs,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken stop = default,
        CancellationToken cancel = default,
        TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        Check(pairs);

        var schedule = new TrainingClock(_options, pairs.Count, clock ?? TimeProvider.System);
        var losses = default(StepLosses);
        var done = 0L;
        for (var epoch = 1; epoch <= _options.Epochs && !stop.IsCancellationRequested; epoch++)
        {
            var order = PairOrder.Shuffled(pairs.Count, _seed, epoch);
            foreach (var rows in order.Chunk(_options.BatchSize))
            {
                cancel.ThrowIfCancellationRequested();
                if (stop.IsCancellationRequested)
                    break;

                var rate = LearningRateSchedule.At(_options, done, schedule.Steps);
                using (var batch = PairBatch.Augmented(pairs, rows, Generator.Options, _options, epoch, _device))
                    losses = Step(batch.Input, batch.Target, rate);
                done++;
                if (!losses.AreFinite)
                    throw new TrainingDivergedException(done, losses, rate);
                progress?.Report(schedule.After(epoch, done, rows.Length, losses, rate));
            }
        }

        cancel.ThrowIfCancellationRequested();
        return schedule.Summary(done, losses, get_num_threads());
    }

    /// <summary>One step of the game on a batch: the discriminator learns, then the generator (paper, section 3.3).</summary>
    /// <param name="input">(N, C, H, W) in [-1, 1].</param>
    /// <param name="target">(N, C', H, W) in [-1, 1].</param>
    /// <param name="learningRate">Of both networks.</param>
    internal StepLosses Step(Tensor input, Tensor target, double learningRate)
    {
        using var scope = NewDisposeScope();
        var ops = new TrainingOps(Seeds.Derive(_seed, Seeds.Purpose.Dropout, ++_steps), _options.Statistics ?? NormStatistics.Running);

        // Translate once: both updates see this image.
        var fake = Generator.Apply(ops, input);

        // The discriminator learns to tell the target from the translation. Detached: nothing flows back to the generator.
        _discriminatorParameters.RequireGradients(true);
        var loss = _loss.Discriminator(
            _discriminator.Apply(JudgeOps, input, target), _discriminator.Apply(JudgeOps, input, fake.detach()));
        loss.backward();
        _discriminatorAdam.Step(learningRate);

        // The generator learns to fool it, and to stay near the target. Frozen: the discriminator's gradients are not needed.
        _discriminatorParameters.RequireGradients(false);
        var adversarial = _loss.GeneratorAdversarial(_discriminator.Apply(JudgeOps, input, fake));
        var l1 = _loss.L1(fake, target);
        _loss.Generator(adversarial, l1).backward();
        _generatorAdam.Step(learningRate);

        return new StepLosses(loss.Value(), adversarial.Value(), l1.Value());
    }

    /// <summary>Frees both networks and their optimizers.</summary>
    public void Dispose()
    {
        _generatorAdam.Dispose();
        _discriminatorAdam.Dispose();
        _generatorParameters.Dispose();
        _discriminatorParameters.Dispose();
        _discriminator.Dispose();
        Generator.Dispose();
    }

    private void Check(ImagePairs pairs)
    {
        var generator = Generator.Options;
        if (pairs.Count == 0)
            throw new ArgumentException("There are no pairs to learn from; expected at least one.", nameof(pairs));
        if (generator.InputChannels != RgbImage.Channels || generator.OutputChannels != RgbImage.Channels)
        {
            throw new NotSupportedException(
                $"The generator has {generator.InputChannels} channels in and {generator.OutputChannels} out; pairs of RGB images need " +
                "3 and 3.");
        }

        var fitting = new ImagePairs(generator, _options);
        if ((pairs.LoadWidth, pairs.LoadHeight) != (fitting.LoadWidth, fitting.LoadHeight))
        {
            throw new ArgumentException(
                $"The pairs are kept at {pairs.LoadWidth}x{pairs.LoadHeight} pixels; expected {fitting.LoadWidth}x{fitting.LoadHeight}. " +
                "Make the ImagePairs from the options that the trainer has.",
                nameof(pairs));
        }
    }
}
