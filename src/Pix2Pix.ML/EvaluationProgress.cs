namespace Pix2Pix.ML;

/// <summary>Where an evaluation is.</summary>
/// <param name="Done">Rows that are compared.</param>
/// <param name="Total">All rows; null where the view does not know their number, behind a filter for example.</param>
/// <param name="Elapsed">The time since the first row.</param>
/// <param name="Remaining">
/// The time to the last row, at the pace so far; null where the total is. What follows, FID and KID for example, comes on top.
/// </param>
public sealed record EvaluationProgress(long Done, long? Total, TimeSpan Elapsed, TimeSpan? Remaining);
