namespace Pix2Pix.ML;

/// <summary>The progress of the work on a folder of images: a translation, or the checks before its images are loaded.</summary>
/// <param name="File">The full path of the image that was processed or skipped last.</param>
/// <param name="Done">The number of images processed or skipped.</param>
/// <param name="Total">The number of all images.</param>
/// <param name="Elapsed">The time since the start.</param>
/// <param name="Remaining">The estimated time to the end, at the pace so far.</param>
public sealed record FolderProgress(string File, int Done, int Total, TimeSpan Elapsed, TimeSpan Remaining);
