namespace Pix2Pix;

/// <summary>The result of translating a folder of images.</summary>
/// <param name="Written">The full paths of the PNG files, in the order of the images' names.</param>
/// <param name="Skipped">The images that could not be read, with the reasons.</param>
public sealed record FolderTranslation(IReadOnlyList<string> Written, IReadOnlyList<SkippedImage> Skipped);

/// <summary>An image that could not be used, or a file that should name images.</summary>
/// <param name="File">Its full path.</param>
/// <param name="Reason">Why: a predicate as in "is truncated", or a message.</param>
public sealed record SkippedImage(string File, string Reason);

/// <summary>The progress of work on many images: an evaluation, a translation of a folder, or the checks of a loader.</summary>
/// <param name="Done">The number of rows compared, or of images processed or skipped, so far.</param>
/// <param name="Total">The total number; null if the evaluated view does not know it, for example after a filter.</param>
/// <param name="Elapsed">The time since the start.</param>
/// <param name="Remaining">
/// The estimated time to the last image, at the pace so far; null if the total is unknown. Later work such as FID and KID is not included.
/// </param>
/// <param name="File">The full path of the image that was processed or skipped last; null in an evaluation.</param>
public sealed record ImageProgress(long Done, long? Total, TimeSpan Elapsed, TimeSpan? Remaining, string? File = null);
