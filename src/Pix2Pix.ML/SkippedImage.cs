namespace Pix2Pix.ML;

/// <summary>An image that could not be used, or a file that should name images.</summary>
/// <param name="File">Its full path.</param>
/// <param name="Reason">Why: a predicate as in "is cut off", or a message.</param>
public sealed record SkippedImage(string File, string Reason);
