namespace Pix2Pix.ML.Data;

/// <summary>The folders of a data set's parts.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Validation">To validate with, or null.</param>
/// <param name="Test">To test with, or null.</param>
internal sealed record SplitFolders(string Train, string? Validation, string? Test)
{
    private static readonly string[] ValidationNames = ["val", "valid", "validation"];

    /// <summary>Looks for them.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder, or the one to learn from, is not there.</exception>
    /// <exception cref="ArgumentException">There are several folders to validate with.</exception>
    public static SplitFolders In(string folder)
    {
        var root = ImageListing.Existing(folder)[0];
        string[] validation = [.. ValidationNames.Select(name => Path.Combine(root, name)).Where(Directory.Exists)];
        if (validation.Length > 1)
        {
            throw new ArgumentException(
                $"{string.Join(" and ", validation.Select(path => $"'{path}'"))} are both there; expected one folder to validate with.",
                nameof(folder));
        }

        var train = Path.Combine(root, "train");
        if (!Directory.Exists(train))
        {
            throw new DirectoryNotFoundException(
                $"There is no folder '{train}'; expected a data set's folder, with a folder train in it. Name the folder above, or load '{root}' " +
                "as a folder of pairs with LoadSideBySidePairs.");
        }

        var test = Path.Combine(root, "test");
        return new SplitFolders(train, validation.FirstOrDefault(), Directory.Exists(test) ? test : null);
    }
}
