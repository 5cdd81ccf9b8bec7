namespace Pix2Pix.Torch.Training;

/// <summary>A loss or a weight became infinite or not a number: the networks hold no use any more.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Made by the trainer.</summary>
    internal TrainingDivergedException(long step, StepLosses losses, double learningRate)
        : base(
            $"Training diverged at step {step}: {losses.Described}; expected finite losses" +
            $"{(losses.AreFinite ? ", and finite weights after the step" : "")}. The learning rate was {learningRate}: try a smaller one, or " +
            "look for images without any variation in this batch.")
    {
        Step = step;
        Losses = losses;
    }

    /// <summary>The step, from 1.</summary>
    public long Step { get; }

    /// <summary>Its losses.</summary>
    public StepLosses Losses { get; }
}
