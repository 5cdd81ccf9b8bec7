namespace Pix2Pix.ML;

/// <summary>Where the work on a folder of images is: a translation, or the checks before its images are loaded.</summary>
/// <param name="File">The image that was done last, or skipped: its full path.</param>
/// <param name="Done">Images that are done or skipped.</param>
/// <param name="Total">All images.</param>
/// <param name="Elapsed">The time since the start.</param>
/// <param name="Remaining">The time to the end, at the pace so far.</param>
public sealed record FolderProgress(string File, int Done, int Total, TimeSpan Elapsed, TimeSpan Remaining);
