
namespace Pix2Pix.Torch;

/// <summary>What two validations must have in common to be comparable: metric, inference options and pairs.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Inference">The inference options.</param>
/// <param name="Pairs">The fingerprint of the pairs that are actually used.</param>
internal sealed record ValidationBasis(ValidationMetric Metric, InferenceOptions Inference, string Pairs);
