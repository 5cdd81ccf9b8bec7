namespace Pix2Pix.ML;

/// <summary>The progress of an evaluation.</summary>
/// <param name="Done">The number of rows compared so far.</param>
/// <param name="Total">The number of all rows; null if the view does not know it, for example after a filter.</param>
/// <param name="Elapsed">The time since the first row.</param>
/// <param name="Remaining">
/// The estimated time to the last row, at the pace so far; null if the total is. Later work such as FID and KID is not included.
/// </param>
public sealed record EvaluationProgress(long Done, long? Total, TimeSpan Elapsed, TimeSpan? Remaining);
