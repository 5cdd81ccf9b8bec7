namespace Pix2Pix.ML.Data;

/// <summary>Rows of files as found, before the files are checked.</summary>
/// <param name="Where">The location that was searched: the subject of the error message if nothing was found.</param>
/// <param name="Rows">The full paths of the files of each row.</param>
/// <param name="Faults">The files that could not become a row, with the reasons.</param>
/// <param name="Emptiness">The error message if nothing was found at all.</param>
internal sealed record ImageListing(
    string Where,
    IReadOnlyList<string[]> Rows,
    IReadOnlyList<SkippedImage> Faults,
    string Emptiness = "no images; expected BMP, GIF, JPEG, PNG or WebP files.")
{
    private const int MaxFolders = 5;

    // Unicode's combining diacritical marks: accents of Latin, Greek and Cyrillic letters.
    private const char FirstAccent = '\u0300';
    private const char LastAccent = '\u036F';

    /// <summary>Makes each image of a folder a row.</summary>
    public static ImageListing OfFolder(string folder)
    {
        var listing = new ImageListing($"'{folder}'", [.. ImageFiles.Candidates(folder).Select(path => (string[])[path])], []);
        if (listing.Rows.Count > 0)
            return listing;
        var names = Directory.EnumerateDirectories(folder).Select(path => $"'{Path.GetFileName(path)}'").Order();
        string[] inside = [.. names.Take(MaxFolders)];
        return inside.Length == 0
            ? listing
            : listing with
            {
                Emptiness = $"{listing.Emptiness} Choose one of its subfolders ({string.Join(", ", inside)}), or use LoadPairSplits.",
            };
    }

    /// <summary>Pairs the images of two folders by file name without extension.</summary>
    public static ImageListing OfFolders(string inputFolder, string targetFolder)
    {
        var inputs = ByStem(inputFolder);
        var targets = ByStem(targetFolder);
        return new ImageListing(
            $"'{inputFolder}' and '{targetFolder}'",
            [.. inputs.Where(input => input.Count() == 1 && targets[input.Key].Count() == 1)
                .Select(input => (string[])[input.Single(), targets[input.Key].Single()])],
            [.. Unmatched(inputs, targets, "target", targetFolder), .. Unmatched(targets, inputs, "input", inputFolder)]);
    }

    /// <summary>Returns the full paths of all folders.</summary>
    /// <exception cref="DirectoryNotFoundException">Some folders do not exist; the message names all of them.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to some folders is denied; the message names all of them.</exception>
    public static string[] Existing(params IReadOnlyList<string> folders)
    {
        string[] missing =
        [
            .. folders.Where(folder => !Directory.Exists(folder))
                .Select(folder => $"'{Path.GetFullPath(folder)}'{(File.Exists(folder) ? " (this is a file)" : "")}"),
        ];
        if (missing.Length > 0)
        {
            throw new DirectoryNotFoundException(
                missing.Length == 1
                    ? $"The folder {missing[0]} does not exist; expected a folder with images."
                    : $"The folders {string.Join(" and ", missing)} do not exist; expected folders with images.");
        }

        string[] denied = [.. folders.Where(folder => !CanRead(folder)).Select(folder => $"'{Path.GetFullPath(folder)}'")];
        if (denied.Length > 0)
        {
            throw new UnauthorizedAccessException(
                denied.Length == 1
                    ? $"Access to the folder {denied[0]} is denied; expected a readable folder."
                    : $"Access to the folders {string.Join(" and ", denied)} is denied; expected readable folders.");
        }

        return [.. folders.Select(Path.GetFullPath)];
    }

    private static bool CanRead(string folder)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static ILookup<string, string> ByStem(string folder)
        => ImageFiles.Candidates(folder).ToLookup(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);

    private static IEnumerable<SkippedImage> Unmatched(
        ILookup<string, string> files, ILookup<string, string> others, string missing, string folder)
    {
        var anyCase = others.Select(group => group.Key).ToLookup(stem => stem, StringComparer.OrdinalIgnoreCase);
        foreach (var group in files)
        {
            foreach (var file in group)
            {
                var twins = group.Where(twin => twin != file).Select(twin => $"'{Path.GetFileName(twin)}'").ToArray();
                if (twins.Length > 0)
                    yield return new SkippedImage(
                        file, $"has the same name without extension as {string.Join(" and ", twins)}; expected unique names");
                else if (!others.Contains(group.Key))
                    yield return new SkippedImage(file, $"has no {missing}: no image in '{folder}' is named " +
                        $"'{group.Key}'{Hint(group.Key)}");
            }
        }

        string Hint(string stem) => anyCase[stem].FirstOrDefault() is { } other ? $" (one is named '{other}')"
            : stem.Any(character => character is >= FirstAccent and <= LastAccent)
                ? " (this name uses decomposed Unicode accents, as macOS writes them; a name with precomposed letters is a different name)"
                : string.Empty;
    }
}

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
        var train = Part(root, TrainNames, "training") ?? throw new DirectoryNotFoundException(
            $"The folder '{Path.Combine(root, TrainNames[0])}' does not exist; expected a dataset folder with a subfolder 'train'. Pass " +
            $"the parent folder, or load '{root}' with LoadPairs.");
        var (validation, test) = (Part(root, ValidationNames, "validation"), Part(root, TestNames, "test"));
        ImageListing.Existing([.. new[] { train, validation, test }.OfType<string>()]);
        return new SplitFolders(train, validation, test);
    }

    private static string? Part(string root, string[] names, string split)
    {
        string[] found =
        [
            .. Directory.EnumerateDirectories(root).Where(path => names.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal),
        ];
        return found.Length <= 1 ? found.FirstOrDefault() : throw new ArgumentException(
            $"{string.Join(" and ", found.Select(path => $"'{path}'"))} both exist; expected one {split} folder.", "folder");
    }
}
