using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Training;

/// <summary>What two validations must share, so that one of them can be better: the same pairs, translated alike, by one metric.</summary>
internal sealed record ValidationBasis(ValidationMetric Metric, InferenceOptions Inference, int MaxPairs, int Pairs, string Fingerprint)
{
    /// <param name="run">Says how is validated.</param>
    /// <param name="pairs">What is validated with; its first pairs are read.</param>
    public static ValidationBasis Of(TrainingRun run, IPairSource pairs) => new(
        run.Validation.Metric,
        run.Inference,
        run.Validation.MaxPairs,
        pairs.Count,
        PairsFingerprint.Of(pairs, CancellationToken.None)); // few, and a cancelled training keeps a checkpoint, too
}
