namespace Pix2Pix.ML;

/// <summary>An image that could not be read.</summary>
/// <param name="File">Its full path.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedImage(string File, string Reason);
