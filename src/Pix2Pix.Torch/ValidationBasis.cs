
namespace Pix2Pix.Torch;

/// <summary>What two validations must share, so that one of them can be better: the same pairs, translated alike, by one metric.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Inference">How is translated.</param>
/// <param name="Pairs">The fingerprint of the pairs that are really used.</param>
internal sealed record ValidationBasis(ValidationMetric Metric, InferenceOptions Inference, string Pairs);
