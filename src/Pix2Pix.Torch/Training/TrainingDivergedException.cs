using System.Globalization;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Training;

/// <summary>A loss or a weight became infinite or not a number: the networks hold no use any more.</summary>
public sealed class TrainingDivergedException : Exception
{
    private TrainingDivergedException(
        string what, long step, StepLosses losses, double learningRate, PairBatch batch, (string Path, long Step)? checkpoint)
        : base($"Training diverged at step {step}: {what} {Batch(batch)} {Advice(learningRate)} {Kept(checkpoint)}")
    {
        Step = step;
        Losses = losses;
        Rows = [.. batch.Rows.Select(row => row + 1)];
        Checkpoint = checkpoint?.Path;
    }

    /// <summary>The step, from 1.</summary>
    public long Step { get; }

    /// <summary>Its losses.</summary>
    public StepLosses Losses { get; }

    /// <summary>The pairs of its batch: their positions in the training set, from 1.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>The path of the last checkpoint before it; <see langword="null"/> where none was kept.</summary>
    public string? Checkpoint { get; }

    /// <summary>A loss is not finite.</summary>
    internal static TrainingDivergedException OfLosses(
        long step, StepLosses losses, double learningRate, PairBatch batch, (string Path, long Step)? checkpoint = null)
        => new($"{losses.Described}; expected finite losses.", step, losses, learningRate, batch, checkpoint);

    /// <summary>The losses were finite, but the weights are not after the update.</summary>
    internal static TrainingDivergedException OfWeights(
        long step, StepLosses losses, double learningRate, PairBatch batch, (string Path, long Step)? checkpoint = null)
        => new("its losses are finite, but the weights after it, or after a step before it, are not.", step, losses, learningRate, batch, checkpoint);

    private static string Batch(PairBatch batch)
    {
        var rows = batch.Rows.Zip(batch.Names, (row, name) => string.IsNullOrEmpty(name) ? $"{row + 1}" : $"{row + 1} ({name})");
        return $"The batch holds row{(batch.Rows.Length == 1 ? string.Empty : "s")} {string.Join(", ", rows)}.";
    }

    private static string Advice(double learningRate) => string.Create(
        CultureInfo.InvariantCulture,
        $"The learning rate was {learningRate}: try a smaller one, or look for images without any variation in this batch.");

    private static string Kept((string Path, long Step)? checkpoint) => checkpoint is { } last
        ? $"The last checkpoint before it is '{last.Path}' (step {last.Step}): resume from there."
        : "No checkpoint was kept to resume from.";
}
