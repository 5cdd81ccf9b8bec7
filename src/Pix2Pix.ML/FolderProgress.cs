namespace Pix2Pix.ML;

/// <summary>Where the translation of a folder is.</summary>
/// <param name="File">The image that was translated, or skipped, last: its full path.</param>
/// <param name="Done">Images that are translated or skipped.</param>
/// <param name="Total">All images.</param>
/// <param name="Elapsed">The time since the start.</param>
/// <param name="Remaining">The time to the end, at the pace so far.</param>
public sealed record FolderProgress(string File, int Done, int Total, TimeSpan Elapsed, TimeSpan Remaining);
