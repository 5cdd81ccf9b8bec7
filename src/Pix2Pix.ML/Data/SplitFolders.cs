namespace Pix2Pix.ML.Data;

/// <summary>The folders of a data set's splits.</summary>
/// <param name="Train">The training split.</param>
/// <param name="Validation">The validation split, or null.</param>
/// <param name="Test">The test split, or null.</param>
internal sealed record SplitFolders(string Train, string? Validation, string? Test)
{
    private static readonly string[] TrainNames = ["train"];
    private static readonly string[] ValidationNames = ["val", "valid", "validation"];
    private static readonly string[] TestNames = ["test"];

    /// <summary>Finds the folders; names are case-insensitive.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder or the training split does not exist.</exception>
    /// <exception cref="ArgumentException">There are several folders for one split.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to folders is denied; the message names all of them.</exception>
    public static SplitFolders In(string folder)
    {
        var root = ImageListing.Existing(folder)[0];
        var train = Part(root, TrainNames, "learn from") ?? throw new DirectoryNotFoundException(
            $"There is no folder '{Path.Combine(root, TrainNames[0])}'; expected a data set's folder, with a folder train in it. Name the folder " +
            $"above, or load '{root}' as a folder of pairs with LoadPairs.");
        var (validation, test) = (Part(root, ValidationNames, "validate with"), Part(root, TestNames, "test with"));
        ImageListing.Existing([.. new[] { train, validation, test }.OfType<string>()]);
        return new SplitFolders(train, validation, test);
    }

    private static string? Part(string root, string[] names, string purpose)
    {
        string[] found =
        [
            .. Directory.EnumerateDirectories(root).Where(path => names.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal),
        ];
        return found.Length <= 1 ? found.FirstOrDefault() : throw new ArgumentException(
            $"{string.Join(" and ", found.Select(path => $"'{path}'"))} are both there; expected one folder to {purpose}.", "folder");
    }
}
