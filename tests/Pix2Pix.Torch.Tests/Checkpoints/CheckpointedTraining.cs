namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>
/// A training with dropout, crops and batches of two and one pairs: three steps per epoch, nine in total. Each step takes milliseconds.
/// </summary>
internal static class CheckpointedTraining
{
    public const int Steps = 9;

    public static GeneratorOptions Generator { get; } = new() { Width = 64, Height = 64, Filters = 2 };

    public static TrainingOptions Options { get; } = new() { Epochs = 3, BatchSize = 2, Seed = 7 };

    /// <summary>Trains with a new trainer, like a new process.</summary>
    /// <param name="checkpoints">The checkpoint options; null for none.</param>
    /// <param name="stopAfter">The step to stop after.</param>
    /// <param name="options">The options; null for <see cref="Options"/>.</param>
    /// <param name="generator">The generator; null for <see cref="Generator"/>.</param>
    /// <param name="discriminator">The discriminator; null for <see cref="TinyTraining.Discriminator"/>.</param>
    /// <param name="pairs">The number of pairs.</param>
    public static Outcome Run(
        CheckpointOptions? checkpoints = null,
        long? stopAfter = null,
        TrainingOptions? options = null,
        GeneratorOptions? generator = null,
        DiscriminatorOptions? discriminator = null,
        int pairs = 5)
    {
        using var stop = new CancellationTokenSource();
        var (progress, reports) = (new ProgressList(p => StopAt(p, stopAfter, stop)), new ReportList());
        var run = new TrainingRun { Checkpoints = checkpoints, CheckpointProgress = reports, Progress = progress, StopTraining = stop.Token };
        using var trainer = new Pix2PixTrainer(generator ?? Generator, discriminator ?? TinyTraining.Discriminator, options ?? Options);
        var summary = trainer.Train(TinyTraining.Pairs(pairs, options ?? Options, generator ?? Generator), run);
        return new Outcome(Bits(trainer), summary, progress.Reports, reports.Reports);
    }

    /// <summary>The complete state of the trainer: weights, both moments, running statistics, counters.</summary>
    public static int[] Bits(Pix2PixTrainer trainer) =>
    [
        .. new[] { trainer.GeneratorAdam, trainer.DiscriminatorAdam }
            .SelectMany(adam => Tensors.Floats(adam.FirstMoment).Concat(Tensors.Floats(adam.SecondMoment)).Append(adam.Steps))
            .Concat(TinyTraining.Weights(trainer))
            .Concat(trainer.Generator.buffers().Concat(trainer.Discriminator.buffers()).SelectMany(Tensors.Floats))
            .Select(BitConverter.SingleToInt32Bits),
    ];

    private static void StopAt(TrainingProgress progress, long? step, CancellationTokenSource stop)
    {
        if (progress.Step == step)
            stop.Cancel();
    }

    /// <summary>The result of a training.</summary>
    public sealed record Outcome(int[] Bits, TrainingSummary Summary, List<TrainingProgress> Progress, List<CheckpointReport> Reports);
}
