namespace Pix2Pix.ML;

/// <summary>What became of a folder of images.</summary>
/// <param name="Written">The PNG files, in the order of the images' names: full paths.</param>
/// <param name="Skipped">The images that could not be read, and why.</param>
public sealed record FolderTranslation(IReadOnlyList<string> Written, IReadOnlyList<SkippedImage> Skipped);
