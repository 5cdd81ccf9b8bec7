namespace Pix2Pix.ML;

/// <summary>The result of translating a folder of images.</summary>
/// <param name="Written">The full paths of the PNG files, in the order of the images' names.</param>
/// <param name="Skipped">The images that could not be read, with the reasons.</param>
public sealed record FolderTranslation(IReadOnlyList<string> Written, IReadOnlyList<SkippedImage> Skipped);
