using System.Globalization;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch;

/// <summary>The exception that is thrown when a loss or a weight becomes infinite or NaN. The networks are no longer usable.</summary>
public sealed class TrainingDivergedException : Pix2PixException
{
    /// <summary>Creates the exception. Called by the trainer.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="losses">The losses of the step. If they are finite, the weights are not.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    /// <param name="batch">The batch of the step, or null if this process ran no step.</param>
    /// <param name="checkpoint">The last checkpoint, or null.</param>
    internal TrainingDivergedException(long step, StepLosses losses, double learningRate, PairBatch? batch, string? checkpoint)
        : base($"Training diverged at step {step}: {losses.Described}; expected finite {NonFinitePart(losses)}.{Batch(batch)} " +
            $"{Advice(learningRate)} {ResumeAdvice(checkpoint)}")
    {
        Step = step;
        Losses = losses;
        Rows = batch is null ? [] : [.. batch.Rows.Select(row => row + 1)];
        Checkpoint = checkpoint;
    }

    /// <summary>The step, from 1.</summary>
    public long Step { get; }

    /// <summary>The losses of the step.</summary>
    public StepLosses Losses { get; }

    /// <summary>The pairs in the step's batch, as positions in the training set, from 1.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>The path of the last checkpoint before the step; <see langword="null"/> if there is none.</summary>
    public string? Checkpoint { get; }

    private static string NonFinitePart(StepLosses losses) => losses.AreFinite ? "weights after the step" : "losses";

    private static string Batch(PairBatch? batch)
    {
        if (batch is null)
            return string.Empty;
        var rows = batch.Rows.Zip(batch.Names, (row, name) => string.IsNullOrEmpty(name) ? $"{row + 1}" : $"{row + 1} ({name})");
        return $" The batch contains row{(batch.Rows.Length == 1 ? string.Empty : "s")} {string.Join(", ", rows)}.";
    }

    private static string Advice(double learningRate) => string.Create(
        CultureInfo.InvariantCulture,
        $"The learning rate was {learningRate}; try a smaller one, or check this batch for images without any variation.");

    private static string ResumeAdvice(string? checkpoint) => checkpoint is null
        ? "There is no checkpoint to resume from."
        : $"The last checkpoint before this step is '{checkpoint}'. To resume from it with a different learning rate, also set " +
            "CheckpointOptions.AllowOtherOptions.";
}
